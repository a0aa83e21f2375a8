package iotbox.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a box takes of its machine at one moment.
 *
 * @param heapKib in use after a collection
 * @param metaspaceKib in use for classes
 * @param files open descriptors
 */
record Vitals(long heapKib, long metaspaceKib, long threads, long files, long residentKib) {
  private static final Pattern HEAP = Pattern.compile("generation\\s+total \\d+K, used (\\d+)K");
  private static final Pattern METASPACE = Pattern.compile("Metaspace\\s+used (\\d+)K");

  /** Has the box collect its garbage first. */
  static Vitals of(BoxProcess box) {
    box.jcmd("GC.run");
    String heap = box.jcmd("GC.heap_info");
    String process = "/proc/" + box.pid();
    String status;
    long files;
    try (Stream<Path> open = Files.list(Path.of(process, "fd"))) {
      status = Files.readString(Path.of(process, "status"));
      files = open.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Vitals(
        sum(HEAP, heap),
        sum(METASPACE, heap),
        sum(Pattern.compile("Threads:\\s+(\\d+)"), status),
        files,
        sum(Pattern.compile("VmRSS:\\s+(\\d+) kB"), status));
  }

  private static long sum(Pattern number, String text) {
    if (!number.matcher(text).find()) {
      throw new AssertionError("No " + number + " in\n" + text);
    }
    return number.matcher(text).results().mapToLong(each -> Long.parseLong(each.group(1))).sum();
  }
}
