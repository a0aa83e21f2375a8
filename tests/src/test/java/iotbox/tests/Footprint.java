package iotbox.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a process has in use, seen from outside.
 *
 * @param heapKib after a collection
 */
record Footprint(long heapKib, long threads, long descriptors) {
  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  /** That of a Java process; makes it collect its garbage first. */
  static Footprint of(long pid) {
    jcmd(pid, "GC.run");
    // The first two are the generations; what follows is not heap.
    Matcher used = USED.matcher(jcmd(pid, "GC.heap_info"));
    long heap = 0;
    for (int i = 0; i < 2 && used.find(); i++) {
      heap += Long.parseLong(used.group(1));
    }
    if (heap == 0) {
      throw new AssertionError("No heap is told of process " + pid);
    }
    return new Footprint(heap, entries(pid, "task"), entries(pid, "fd"));
  }

  private static long entries(long pid, String folder) {
    try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(pid), folder))) {
      return entries.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String jcmd(long pid, String command) {
    try {
      Process jcmd =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  Long.toString(pid),
                  command)
              .redirectErrorStream(true)
              .start();
      String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (jcmd.waitFor() != 0) {
        throw new AssertionError(command + " of " + pid + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
