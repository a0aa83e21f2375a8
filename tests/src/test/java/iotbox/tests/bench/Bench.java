package iotbox.tests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints how quick and how small the box is, beside the Python box; see {@code tests/bench}. */
public final class Bench {
  private Bench() {}

  /** A part of the measurements, which can be made alone. */
  private enum Part {
    BOOT(new BootBench()::measure),
    MEMORY(new MemoryBench()::measure),
    CACHE(new CacheBench()::measure),
    LATENCY(new LatencyBench()::measure),
    WEIGHT(new WeightBench()::measure),
    SCAN(new ScanBench()::measure),
    TRAFFIC(new TrafficBench()::measure),
    LOAD(new LoadBench()::measure),
    RELOAD(new ReloadBench()::measure),
    COMPILE(new CompileBench()::measure),
    PRINT(new PrintBench()::measure),
    PAGE(new PageBench()::measure),
    DEV(new DevBench()::measure);

    private final Measurement measurement;

    Part(Measurement measurement) {
      this.measurement = measurement;
    }
  }

  private interface Measurement {
    void measure(Table table) throws Exception;
  }

  /**
   * @param arguments the parts that are wanted, in lower case; none for all
   */
  public static void main(String[] arguments) throws Exception {
    List<Part> parts = new ArrayList<>();
    for (String argument : arguments) {
      Part part = named(argument);
      if (part == null) {
        System.err.println("There is no part " + argument + "; the parts are " + names() + ".");
        System.exit(2);
      }
      parts.add(part);
    }
    Table table = new Table();
    for (Part part : parts.isEmpty() ? List.of(Part.values()) : parts) {
      System.err.println("Measuring " + name(part) + " …");
      part.measurement.measure(table);
    }
    System.out.println();
    System.out.print(table);
    System.out.println();
    System.out.println(machine());
    System.out.println(
        "Reference box: Odoo's own in Python, 19.0, on a machine of the same class; it loads"
            + " Python, which is not compiled.");
  }

  private static Part named(String argument) {
    return Arrays.stream(Part.values())
        .filter(part -> name(part).equals(argument))
        .findFirst()
        .orElse(null);
  }

  private static String names() {
    return Arrays.stream(Part.values()).map(Bench::name).collect(Collectors.joining(", "));
  }

  private static String name(Part part) {
    return part.name().toLowerCase(Locale.ROOT);
  }

  private static String machine() throws IOException {
    String processor =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name"))
            .findFirst()
            .map(line -> line.substring(line.indexOf(':') + 2))
            .orElse(System.getProperty("os.arch"));
    return "Measured on "
        + Runtime.getRuntime().availableProcessors()
        + " cores ("
        + processor
        + "), "
        + System.getProperty("os.name")
        + ", "
        + System.getProperty("java.vm.name")
        + " "
        + System.getProperty("java.vm.version")
        + ".";
  }
}
