package iotbox.box.http.message;

/** A request that is answered with an HTTP error status and one sentence for people. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;
  private final int status;

  public RefusedException(int status, String sentence) {
    super(sentence);
    this.status = status;
  }

  /**
   * Something in the status was asked for that is not in it.
   *
   * @param what such as {@code device "/dev/ttyS0"}
   */
  public static RefusedException notThere(String what) {
    return new RefusedException(404, "There is no " + what + " now; the status lists them.");
  }

  public int status() {
    return status;
  }
}
