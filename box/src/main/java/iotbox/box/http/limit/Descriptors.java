package iotbox.box.http.limit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How many files and sockets this process may have open. Read from Linux itself: Java's management
 * knows it too, and on other systems, but takes its time to start.
 */
final class Descriptors {
  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final String LINE = "Max open files";

  private Descriptors() {}

  /** {@link Integer#MAX_VALUE} if it is not known. */
  static int limit() {
    try {
      return limit(Files.readAllLines(LIMITS));
    } catch (IOException e) {
      return Integer.MAX_VALUE; // Not Linux.
    }
  }

  static int limit(List<String> limits) {
    for (String line : limits) {
      if (line.startsWith(LINE)) {
        String soft = line.substring(LINE.length()).strip().split(" ", 2)[0];
        try {
          return Integer.parseInt(soft);
        } catch (NumberFormatException e) {
          return Integer.MAX_VALUE; // Unlimited, or more than counts.
        }
      }
    }
    return Integer.MAX_VALUE;
  }
}
