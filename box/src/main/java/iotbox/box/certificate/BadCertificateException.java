package iotbox.box.certificate;

/** A certificate or key that cannot be used; the message is a sentence that says what to do. */
public final class BadCertificateException extends Exception {
  private static final long serialVersionUID = 1L;

  BadCertificateException(String message) {
    super(message);
  }

  BadCertificateException(String message, Throwable cause) {
    super(message, cause);
  }
}
