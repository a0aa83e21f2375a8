package iotbox.tests.bench;

import iotbox.tests.HandlersZip;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Drivers of 150 lines each, as many as are wanted, no two the same and none knowing another. */
final class Gauges {
  private Gauges() {}

  /** Those with the numbers from {@code first} on; either compiler takes them. */
  static HandlersZip numbered(int first, int count) throws IOException {
    return zip(source(), first, count);
  }

  /** The same with a lambda in each, which only the Eclipse compiler takes. */
  static HandlersZip modern(int count) throws IOException {
    String source = source();
    int end = source.lastIndexOf('}');
    return zip(source.substring(0, end) + "  final Runnable nothing = () -> {};\n}\n", 0, count);
  }

  /** The first ones, of which one alone is another in each round. */
  static HandlersZip oneChanged(int count, int round) throws IOException {
    return zip(source(), 0, count).and(path(0), version(source(), 0, round));
  }

  private static String version(String source, int number, int version) {
    String text = source(source, number);
    int end = text.lastIndexOf('}');
    return text.substring(0, end) + "  static final int VERSION = " + version + ";\n}\n";
  }

  private static HandlersZip zip(String source, int first, int count) {
    HandlersZip zip = HandlersZip.with(path(first), source(source, first));
    for (int i = first + 1; i < first + count; i++) {
      zip = zip.and(path(i), source(source, i));
    }
    return zip;
  }

  private static String path(int number) {
    return "drivers/Gauge" + number + ".java";
  }

  private static String source(String source, int number) {
    return source.replace("NUMBER", String.valueOf(number));
  }

  private static String source() throws IOException {
    try (InputStream in = Gauges.class.getResourceAsStream("Gauge.java")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
