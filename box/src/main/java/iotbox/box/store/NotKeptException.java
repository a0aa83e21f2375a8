package iotbox.box.store;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file could not be written; the former one is still there. The message is a clause that begins
 * with the folder and says why, and what to do.
 */
public final class NotKeptException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient FolderTrouble trouble;

  NotKeptException(Path folder, IOException cause) {
    this(folder, cause, FolderTrouble.behind(folder, cause));
  }

  private NotKeptException(Path folder, IOException cause, FolderTrouble trouble) {
    super(folder + " " + trouble.advice(), cause);
    this.trouble = trouble;
  }

  /** As the message, which is made for people; logs show this. */
  @Override
  public String toString() {
    return getMessage();
  }

  FolderTrouble trouble() {
    return trouble;
  }

  /**
   * What to tell a person whose decision is to last and cannot be kept, and is therefore not taken:
   * why, and what to do. Without the folder's path, as any page may hear it.
   */
  public static String refusal(IOException failure) {
    return "Nothing was changed, as " + why(failure) + ", and try again.";
  }

  /** Why something could not be written and what to do: a clause. Without paths, too. */
  public static String why(IOException failure) {
    return "the data folder " + trouble(failure).advice();
  }

  private static FolderTrouble trouble(Throwable failure) {
    if (failure instanceof NotKeptException kept) {
      return kept.trouble;
    }
    return failure == null ? FolderTrouble.unknown() : trouble(failure.getCause());
  }
}
