package iotbox.stock.keyboard.layout;

/** This system has no such layout; the message is a sentence for whoever asked for it. */
public final class UnknownLayoutException extends Exception {
  private static final long serialVersionUID = 1L;

  UnknownLayoutException(String message) {
    super(message);
  }
}
