package iotbox.stock.printer.picture;

/** What was sent is no picture that can be printed; the message says why, and what to do. */
public final class PictureException extends Exception {
  private static final long serialVersionUID = 1L;

  public PictureException(String message) {
    super(message);
  }
}
