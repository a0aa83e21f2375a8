package iotbox.box.option;

import iotbox.box.store.FolderTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The box cannot start as asked; the message is the one sentence that the person at the console
 * gets.
 */
public final class StartupException extends Exception {
  private static final long serialVersionUID = 1L;

  public StartupException(String message) {
    super(message);
  }

  /** The data folder cannot be made, or does not take what the box needs to keep. */
  public static StartupException unwritable(Path dataFolder, IOException failure) {
    return new StartupException(
        "The data folder "
            + dataFolder
            + " "
            + FolderTrouble.behind(present(dataFolder), failure).advice()
            + ", or choose another with --data.");
  }

  /** It, or where it was to be made. */
  private static Path present(Path folder) {
    Path present = folder.toAbsolutePath();
    while (!Files.isDirectory(present) && present.getParent() != null) {
      present = present.getParent();
    }
    return present;
  }
}
