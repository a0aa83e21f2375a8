package iotbox.tests.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import iotbox.tests.BoxProcess;
import iotbox.tests.TestHandlers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** From a saved file to its driver at work, and what one change costs among many files. */
final class ReloadBench {
  private static final int WARM_UP = 10;
  private static final int SAVES = 100;
  private static final int ROUNDS = 60;
  private static final int LAST = 30;
  private static final String MODERN = "  final Runnable nothing = () -> {};\n}\n";

  private final ObjectMapper json = new ObjectMapper();

  void measure(Table table) throws IOException, InterruptedException {
    saveToLive(table, "janino", TestHandlers.DRIVER);
    String driver = TestHandlers.DRIVER;
    saveToLive(table, "ecj", driver.substring(0, driver.lastIndexOf('}')) + MODERN);
    for (int handlers : new int[] {1, 10, 100, 1000}) {
      Figures figures = oneChanged(handlers);
      table.row(
          "reload, 1 of " + handlers + " changed",
          figures.millis(),
          "",
          "zip to swapped registry, 150 lines each; last " + LAST + " of " + ROUNDS);
    }
  }

  /**
   * Each version differs in what the device says of its maker; the status tells when it is live.
   */
  private void saveToLive(Table table, String compiler, String source) throws IOException {
    Path module = Files.createTempDirectory("bench");
    Path data = Files.createTempDirectory("bench");
    write(module.resolve("iot_handlers/interfaces/BenchInterface.java"), TestHandlers.INTERFACE);
    Path driver = module.resolve("iot_handlers/drivers/BenchDriver.java");
    write(driver, source);
    try (BoxProcess box =
            BoxProcess.start(
                List.of(
                    BoxProcess.root().resolve("box/run").toString(),
                    "--bind",
                    "127.0.0.1",
                    "--port",
                    "0",
                    "--data",
                    data.toString(),
                    "--handlers",
                    module.toString()));
        WireClient client = new WireClient(box.url())) {
      await(client, "Bench Works", compiler);
      double[] millis = new double[SAVES];
      for (int i = -WARM_UP; i < SAVES; i++) {
        String maker = "Maker " + i;
        long begun = System.nanoTime();
        write(driver, source.replace("Bench Works", maker));
        await(client, maker, compiler);
        if (i >= 0) {
          millis[i] = (System.nanoTime() - begun) / 1e6;
        }
      }
      Figures figures = new Figures(millis);
      table.row(
          "save to live, " + compiler + ", p50 / p99",
          String.format(
              Locale.ROOT, "%.0f / %.0f ms", figures.percentile(0.5), figures.percentile(0.99)),
          "",
          SAVES + " saves into a --handlers folder, until the new driver has the device");
    }
  }

  private void await(WireClient client, String maker, String compiler) throws IOException {
    long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (true) {
      JsonNode status = json.readTree(client.get("/api/status"));
      JsonNode device = status.path("devices").path(0);
      if (maker.equals(device.path("manufacturer").asText())) {
        check(status, compiler);
        return;
      }
      if (System.nanoTime() > patience) {
        throw new IOException(maker + " is not live: " + status);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private static void check(JsonNode status, String compiler) throws IOException {
    for (JsonNode handler : status.path("handlers")) {
      if (handler.path("file").asText().equals("drivers/BenchDriver.java")
          && !handler.path("compiler").asText().equals(compiler)) {
        throw new IOException("Compiled by another than " + compiler + ": " + handler);
      }
    }
  }

  private static void write(Path file, String source) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, source);
  }

  private static Figures oneChanged(int handlers) throws IOException, InterruptedException {
    double[] all = OwnJvm.figures(ReloadTime.class, handlers, ROUNDS);
    return new Figures(java.util.Arrays.copyOfRange(all, ROUNDS - LAST, ROUNDS));
  }
}
