package iotbox.box.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A file could not be written; the former one is still there. */
public final class NotKeptException extends IOException {
  private static final long serialVersionUID = 1L;

  private final FolderTrouble trouble;

  NotKeptException(Path folder, IOException cause) {
    this(folder, cause, FolderTrouble.of(folder, folder.toFile()::getUsableSpace).orElse(null));
  }

  private NotKeptException(Path folder, IOException cause, FolderTrouble trouble) {
    super(folder + " " + what(trouble, cause), cause);
    this.trouble = trouble;
  }

  /**
   * What to tell a person whose decision is to last and cannot be kept, and is therefore not taken:
   * why, and what to do. Without the folder's path, as any page may hear it.
   */
  public static String refusal(IOException failure) {
    return "Nothing was changed, as " + sentenceEnd(failure) + ", and try again.";
  }

  /** Why it could not be written and what to do, for the end of a sentence; without paths. */
  private static String sentenceEnd(Throwable failure) {
    if (failure instanceof NotKeptException kept) {
      String remedy = kept.trouble == null ? "see to its disk" : kept.trouble.remedy();
      return "the data folder " + what(kept.trouble, kept.getCause()) + ": " + remedy;
    }
    return failure.getCause() == null
        ? "the data folder cannot be written: see to its disk"
        : sentenceEnd(failure.getCause());
  }

  private static String what(FolderTrouble trouble, Throwable cause) {
    return trouble == null ? "cannot be written (" + reason(cause) + ")" : trouble.what();
  }

  /** Messages of file systems begin with a path. */
  private static String reason(Throwable cause) {
    String reason =
        cause instanceof FileSystemException system ? system.getReason() : cause.getMessage();
    return reason == null || reason.isBlank() ? cause.getClass().getSimpleName() : reason;
  }
}
