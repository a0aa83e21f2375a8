package iotbox.box.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What keeps a folder from taking what the box keeps, as far as the system tells. */
public enum FolderTrouble {
  GONE("is gone", "restart the box, or put the folder back"),
  UNWRITABLE("cannot be written", "see whether its disk is mounted for reading only"),
  FULL("is on a disk that is full", "delete something there");

  /** For a pairing and the notes of many actions. */
  private static final long LEAST_FREE = 1 << 20;

  private final String what;
  private final String remedy;

  FolderTrouble(String what, String remedy) {
    this.what = what;
    this.remedy = remedy;
  }

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
      return Optional.of(UNWRITABLE);
    }
    return free.getAsLong() < LEAST_FREE ? Optional.of(FULL) : Optional.empty();
  }

  /** What it is, to follow the folder's name. */
  public String what() {
    return what;
  }

  /** What a person can do about it. */
  public String remedy() {
    return remedy;
  }
}
