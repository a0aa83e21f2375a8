package iotbox.box.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What keeps a folder from taking what the box keeps, as far as the system tells, and what a person
 * can do about it. All sentences about that are made of these words.
 *
 * @param what it is, to follow the folder's name
 * @param remedy what to do
 */
public record FolderTrouble(String what, String remedy) {
  static final FolderTrouble GONE =
      new FolderTrouble("is gone", "restart the box, or put the folder back");
  static final FolderTrouble READ_ONLY =
      new FolderTrouble(
          "is on a disk that is mounted for reading only",
          "mount it for writing, or replace it if it is a memory card that is worn out");
  static final FolderTrouble FORBIDDEN =
      new FolderTrouble(
          "cannot be written by the user that the box runs as", "give it the right to write there");
  static final FolderTrouble FULL =
      new FolderTrouble("is on a disk that is full", "delete something there");
  static final FolderTrouble OVER_QUOTA =
      new FolderTrouble(
          "is on a disk of which the user that the box runs as has used up its quota",
          "delete something there, or have the quota raised");

  /** For a pairing and the notes of many actions. */
  private static final long LEAST_FREE = 1 << 20;

  /**
   * Looks; writes nothing, as memory cards wear out.
   *
   * @param free the bytes that its disk still takes
   */
  public static Optional<FolderTrouble> of(Path folder, LongSupplier free) {
    if (!Files.isDirectory(folder)) {
      return Optional.of(GONE);
    }
    if (!Files.isWritable(folder)) {
      return Optional.of(isReadOnly(folder) ? READ_ONLY : FORBIDDEN);
    }
    return free.getAsLong() < LEAST_FREE ? Optional.of(FULL) : Optional.empty();
  }

  /** Why something could not be written there. Looks at the folder; writes nothing. */
  public static FolderTrouble behind(Path folder, IOException failure) {
    if (failure instanceof NotKeptException kept) {
      return kept.trouble();
    }
    String reason = reason(failure);
    return of(folder, () -> Long.MAX_VALUE)
        .or(() -> said(reason))
        .or(() -> failure instanceof AccessDeniedException ? Optional.of(FORBIDDEN) : full(folder))
        .orElseGet(() -> unknown(reason));
  }

  /** Java hands on the system's words, which are English ones unless it is set to others. */
  private static Optional<FolderTrouble> said(String reason) {
    String words = reason.toLowerCase(Locale.ROOT);
    if (words.contains("no space left")) { // Also for one more file, however many bytes are free.
      return Optional.of(FULL);
    }
    if (words.contains("quota")) {
      return Optional.of(OVER_QUOTA);
    }
    return words.contains("read-only") ? Optional.of(READ_ONLY) : Optional.empty();
  }

  private static Optional<FolderTrouble> full(Path folder) {
    return of(folder, folder.toFile()::getUsableSpace);
  }

  /** Of a failure that says nothing. */
  static FolderTrouble unknown() {
    return new FolderTrouble("cannot be written", "see to its disk");
  }

  private static FolderTrouble unknown(String reason) {
    return new FolderTrouble("cannot be written (" + reason + ")", "see to its disk");
  }

  /** What it is and what to do, to follow the folder's name. */
  public String advice() {
    return what + ": " + remedy;
  }

  private static boolean isReadOnly(Path folder) {
    try {
      return Files.getFileStore(folder).isReadOnly();
    } catch (IOException e) {
      return false; // Java cannot tell where the list of mounts lacks it.
    }
  }

  /** Messages of file systems begin with a path, which not everybody may hear. */
  private static String reason(IOException failure) {
    String reason =
        failure instanceof FileSystemException system ? system.getReason() : failure.getMessage();
    return reason == null || reason.isBlank() ? words(failure.getClass()) : reason;
  }

  /** {@code directory not empty} of {@code DirectoryNotEmptyException}. */
  private static String words(Class<?> type) {
    return type.getSimpleName()
        .replaceFirst("Exception$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }
}
