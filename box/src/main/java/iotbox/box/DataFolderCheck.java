package iotbox.box;

import iotbox.box.health.Check;
import iotbox.box.store.FolderTrouble;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Whether the data folder takes what the box keeps. Writes nothing: memory cards wear out, and one
 * that is worn out is mounted for reading only, which the system tells.
 */
final class DataFolderCheck implements Check.Look {
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
    return FolderTrouble.of(folder, free)
        .map(trouble -> "its data folder " + trouble.what() + "; " + trouble.remedy());
  }
}
