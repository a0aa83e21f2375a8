package iotbox.box;

import iotbox.box.health.Check;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Whether the data folder takes what the box keeps. Writes nothing: memory cards wear out, and one
 * that is worn out is mounted for reading only, which the system tells.
 */
final class DataFolderCheck implements Check.Look {
  /** For a pairing and the notes of many actions. */
  private static final long LEAST_FREE = 1 << 20;

  private final Path folder;
  private final LongSupplier free;

  DataFolderCheck(Path folder) {
    this(folder, folder.toFile()::getUsableSpace);
  }

  DataFolderCheck(Path folder, LongSupplier free) {
    this.folder = folder;
    this.free = free;
  }

  @Override
  public Optional<String> trouble() {
    if (!Files.isDirectory(folder)) {
      return Optional.of("its data folder is gone; restart the box, or put the folder back");
    }
    if (!Files.isWritable(folder)) {
      return Optional.of("its data folder cannot be written; is the disk mounted for reading only");
    }
    return free.getAsLong() < LEAST_FREE
        ? Optional.of("its data folder is on a disk that is full; delete something there")
        : Optional.empty();
  }
}
