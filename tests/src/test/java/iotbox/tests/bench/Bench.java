package iotbox.tests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prints how quick and how small the box is, beside the Python box; see {@code tests/bench}. */
public final class Bench {
  private Bench() {}

  public static void main(String[] arguments) throws Exception {
    Table table = new Table();
    say("Boot and memory …");
    new BootBench().measure(table);
    new MemoryBench().measure(table);
    say("Kept classes …");
    new CacheBench().measure(table);
    say("Latency …");
    new LatencyBench().measure(table);
    say("Handlers …");
    new LoadBench().measure(table);
    say("Reloads …");
    new ReloadBench().measure(table);
    say("Compilers …");
    new CompileBench().measure(table);
    System.out.println();
    System.out.print(table);
    System.out.println();
    System.out.println(machine());
    System.out.println(
        "Reference box: Odoo's own in Python, 19.0, on a machine of the same class; it loads"
            + " Python, which is not compiled.");
  }

  private static void say(String what) {
    System.err.println(what);
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
