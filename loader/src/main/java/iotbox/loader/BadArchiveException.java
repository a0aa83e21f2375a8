package iotbox.loader;

/** The bytes are not an archive that can be read; the message says what is wrong with them. */
public final class BadArchiveException extends Exception {
  private static final long serialVersionUID = 1L;

  BadArchiveException(String message) {
    super(message);
  }

  BadArchiveException(String message, Throwable cause) {
    super(message, cause);
  }
}
