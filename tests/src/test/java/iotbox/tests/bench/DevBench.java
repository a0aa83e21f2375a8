package iotbox.tests.bench;

import iotbox.tests.BoxProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What whoever writes a driver waits for: the time from a save with a mistake in it until the
 * terminal of {@code box/run dev} shows where the mistake is.
 */
final class DevBench {
  private static final int SAVES = 30;
  private static final String FILE = "shop/iot_handlers/drivers/Gauge.java";
  private static final String PLACE = "  public Gauge(";
  private static final long PATIENCE_SECONDS = 60;

  /** A line of the terminal, and when it came. */
  private record Line(long nanos, String text) {}

  void measure(Table table) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("bench");
    run(folder, "new", "module", "shop");
    run(folder, "new", "driver", "Gauge", "--connection", "serial", "--module", "shop");
    Path source = folder.resolve(FILE);
    String good = Files.readString(source);
    if (!good.contains(PLACE)) {
      throw new IllegalStateException("Where is the constructor?\n" + good);
    }
    Process dev =
        start(folder, "dev", "shop", "--port", "0", "--data", folder.resolve("data").toString());
    BlockingQueue<Line> terminal = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> read(dev, terminal), "terminal");
    reader.setDaemon(true);
    reader.start();
    try {
      await(terminal, "1 loaded, 0 refused");
      List<Double> broken = new ArrayList<>();
      List<Double> mended = new ArrayList<>();
      save(source, good.replace(PLACE, "  Missing first;\n\n" + PLACE), terminal, FILE + ":");
      save(source, good, terminal, "1 loaded, 0 refused");
      for (int i = 0; i < SAVES; i++) {
        String name = "Missing" + i;
        broken.add(
            save(source, good.replace(PLACE, "  " + name + " it;\n\n" + PLACE), terminal, name));
        mended.add(save(source, good + "// " + i + "\n", terminal, "1 loaded, 0 refused"));
      }
      row(table, "save to visible compile error, p50 / p99", broken, "target: 1 s");
      row(table, "save to loaded again, p50 / p99", mended, "");
    } finally {
      dev.destroy();
      dev.waitFor();
      BootBench.delete(folder);
    }
  }

  private static void row(Table table, String what, List<Double> millis, String target) {
    Figures figures = new Figures(millis.stream().mapToDouble(Double::doubleValue).toArray());
    table.row(
        what,
        String.format(
            Locale.ROOT, "%.0f / %.0f ms", figures.percentile(0.5), figures.percentile(0.99)),
        "",
        SAVES
            + " saves, until the line is on the terminal of box/run dev"
            + (target.isEmpty() ? "" : "; " + target));
  }

  /** In milliseconds, until a line has this text. */
  private static double save(Path source, String text, BlockingQueue<Line> terminal, String wanted)
      throws IOException, InterruptedException {
    terminal.clear();
    long begun = System.nanoTime();
    Files.writeString(source, text);
    return (await(terminal, wanted).nanos - begun) / 1e6;
  }

  private static Line await(BlockingQueue<Line> terminal, String wanted)
      throws InterruptedException {
    List<String> seen = new ArrayList<>();
    while (true) {
      Line line = terminal.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (line == null) {
        throw new IllegalStateException("No \"" + wanted + "\" among\n" + seen);
      }
      if (line.text.contains(wanted)) {
        return line;
      }
      seen.add(line.text);
    }
  }

  private static void read(Process dev, BlockingQueue<Line> terminal) {
    try (BufferedReader lines = dev.inputReader(StandardCharsets.UTF_8)) {
      String line;
      while ((line = lines.readLine()) != null) {
        terminal.add(new Line(System.nanoTime(), line));
      }
    } catch (IOException e) {
      terminal.add(new Line(System.nanoTime(), "The terminal ended: " + e));
    }
  }

  private static void run(Path folder, String... arguments)
      throws IOException, InterruptedException {
    Process command = start(folder, arguments);
    String said = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (command.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", arguments) + " failed:\n" + said);
    }
  }

  private static Process start(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(BoxProcess.root().resolve("box/run").toString());
    command.addAll(List.of(arguments));
    return BoxProcess.isolate(new ProcessBuilder(command))
        .directory(folder.toFile())
        .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("stderr").toFile()))
        .start();
  }
}
