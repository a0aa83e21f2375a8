package iotbox.box.http;

/** A request that is answered with an HTTP error status and one sentence for people. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;
  private final int status;

  RefusedException(int status, String sentence) {
    super(sentence);
    this.status = status;
  }

  int status() {
    return status;
  }
}
