package iotbox.box.http.message;

/** A request that is answered with an HTTP error status and one sentence for people. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;
  private final int status;

  public RefusedException(int status, String sentence) {
    super(sentence);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
