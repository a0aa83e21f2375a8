package iotbox.stock.serial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** Where the paths of ports lead. */
final class PortPaths {
  private PortPaths() {}

  /** The path with its links followed; as it is if nothing is there, or if it is no file (COM3). */
  static Path target(String path) {
    try {
      return Path.of(path).toRealPath();
    } catch (IOException e) {
      return Path.of(path);
    }
  }

  /**
   * Something that is another one each time that an adapter is plugged in, as its file is made anew
   * then; nothing where the system does not tell.
   */
  static Optional<String> pluggedIn(String path) {
    try {
      return Optional.ofNullable(
              Files.readAttributes(Path.of(path), BasicFileAttributes.class).fileKey())
          .map(Object::toString);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
