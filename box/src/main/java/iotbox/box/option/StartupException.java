package iotbox.box.option;

/**
 * The box cannot start as asked; the message is the one sentence that the person at the console
 * gets.
 */
public final class StartupException extends Exception {
  private static final long serialVersionUID = 1L;

  public StartupException(String message) {
    super(message);
  }
}
