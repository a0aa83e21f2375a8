package iotbox.box;

import iotbox.box.access.GivenPassword;
import iotbox.box.access.KeptPassword;
import iotbox.box.access.OwnerPassword;
import java.nio.file.Path;

/** Where the owner's password comes from, and how the owner learns of one that the box made. */
final class FirstPassword {
  private FirstPassword() {}

  /**
   * The owner's password.
   *
   * @param given a file with it, or {@code null} for one that the box keeps
   */
  static OwnerPassword of(Path given, Path data) {
    return given == null
        ? new KeptPassword(data, password -> tell(data, password))
        : new GivenPassword(given);
  }

  /** On the console only, and there only now. */
  private static void tell(Path data, String password) {
    System.err.println(
        "iotbox: The owner's password is "
            + password
            + " - the box's page asks for it where something is to be changed. It is shown this once"
            + " only. If it is lost: stop the box, delete "
            + data.resolve(KeptPassword.FILE)
            + ", and start it again.");
  }
}
