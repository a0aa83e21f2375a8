package iotbox.stock.printer.ipp;

import java.io.IOException;

/** What answered does not keep to IPP. */
final class UnreadableAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  UnreadableAnswerException(String message, Throwable cause) {
    super(message, cause);
  }
}
