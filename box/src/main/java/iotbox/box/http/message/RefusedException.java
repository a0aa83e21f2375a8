package iotbox.box.http.message;

import iotbox.box.store.NotKeptException;
import java.io.IOException;

/** A request that is answered with an HTTP error status and one sentence for people. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Insufficient Storage: the disk, not the request, is to blame, and it may take it later. */
  private static final int NOT_STORED = 507;

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

  /** A person's decision cannot be written to the disk, and so nothing was changed. */
  public static RefusedException notKept(IOException failure) {
    return new RefusedException(NOT_STORED, NotKeptException.refusal(failure));
  }

  public int status() {
    return status;
  }
}
