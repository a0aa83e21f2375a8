package iotbox.stock.serial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The lasting names that Linux's udev gives to ports, as links to them: {@code by-id} by what the
 * adapter tells of itself, which its twins tell as well (then only one of them has the link), and
 * {@code by-path} by the place where it is plugged in.
 *
 * @param byId by the file that is the port
 * @param byPath by the file that is the port
 */
record SerialLinks(Map<Path, Path> byId, Map<Path, Path> byPath) {
  /** Reads {@code /dev/serial}, or a folder like it, which need not exist. */
  static SerialLinks in(Path folder) {
    return new SerialLinks(links(folder.resolve("by-id")), links(folder.resolve("by-path")));
  }

  private static Map<Path, Path> links(Path folder) {
    Map<Path, Path> links = new HashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      // Newer systems have several links by path to one port; the first stays the first.
      for (Path link : files.sorted().toList()) {
        target(link).forEach(port -> links.putIfAbsent(port, link));
      }
    } catch (IOException e) {
      // No adapter is plugged in, or this is no Linux with udev.
    }
    return links;
  }

  private static List<Path> target(Path link) {
    try {
      return List.of(link.toRealPath());
    } catch (IOException e) {
      return List.of(); // Pulled out just now.
    }
  }
}
