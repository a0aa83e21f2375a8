package iotbox.stock.serial;

import java.io.IOException;

/**
 * The line works, but the device did not answer, or not in a way that can be understood. Asking
 * again may help; opening the port again will not.
 */
public class AnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message a sentence for people: what was expected of which port, and what came
   */
  public AnswerException(String message) {
    super(message);
  }
}
