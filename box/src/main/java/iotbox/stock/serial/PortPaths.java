package iotbox.stock.serial;

import java.io.IOException;
import java.nio.file.Path;

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
}
