package iotbox.loader.signature;

/**
 * This cannot be used as a key; the message is a sentence for whoever gave it, and quotes nothing
 * of it.
 */
public final class BadKeyException extends Exception {
  private static final long serialVersionUID = 1L;

  BadKeyException(String message) {
    super(message);
  }
}
