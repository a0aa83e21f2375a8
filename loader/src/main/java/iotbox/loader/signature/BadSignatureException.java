package iotbox.loader.signature;

/** A signature file is not to be believed; the message is a sentence that says why. */
public final class BadSignatureException extends Exception {
  private static final long serialVersionUID = 1L;

  BadSignatureException(String message) {
    super(message);
  }
}
