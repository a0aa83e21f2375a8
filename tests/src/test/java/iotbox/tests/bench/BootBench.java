package iotbox.tests.bench;

import iotbox.tests.BoxProcess;
import iotbox.tests.OdooStandIn;
import iotbox.tests.TestHandlers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Starts the box by {@code box/run}, again and again, with an Odoo stand-in that has handlers. */
final class BootBench {
  private static final int STARTS = 7;
  private static final long SETTLE_SECONDS = 20;
  private static final String DEVICE_THERE = "\"identifier\":\"bench1\"";

  private final List<Double> hello = new ArrayList<>();
  private final List<Double> firstDevice = new ArrayList<>();
  private final List<Double> deviceAgain = new ArrayList<>();
  private double residentMebibytes;

  /** Times from the start of the process, in milliseconds. */
  record Boot(double hello, double device) {
    double afterHello() {
      return device - hello;
    }
  }

  void measure(Table table) throws IOException, InterruptedException {
    try (OdooStandIn odoo = OdooStandIn.start().serving(TestHandlers.bench())) {
      Path unused = Files.createTempDirectory("bench");
      boot(odoo, unused, false); // What is built or loaded once does not count.
      delete(unused);
      for (int i = 0; i < STARTS; i++) {
        Path data = Files.createTempDirectory("bench");
        Boot first = boot(odoo, data, false);
        hello.add(first.hello);
        firstDevice.add(first.device);
        deviceAgain.add(boot(odoo, data, i == STARTS - 1).device);
        delete(data);
      }
    }
    table.row(
        "boot to first hello",
        figures(hello).millis(),
        "1410 ms",
        "box/run to first 200, median of " + STARTS);
    table.row(
        "boot to first device",
        figures(firstDevice).millis(),
        "1870 ms",
        "empty data folder: paired, handlers fetched and compiled");
    table.row("  at the next boot", figures(deviceAgain).millis(), "", "same data folder");
    table.row(
        "resident memory, idle",
        Math.round(residentMebibytes) + " MiB",
        "153 MiB",
        "VmRSS " + SETTLE_SECONDS + " s after the first device");
  }

  Boot boot(OdooStandIn odoo, Path data, boolean weigh) throws IOException, InterruptedException {
    int port = freePort();
    URI url = URI.create("http://127.0.0.1:" + port);
    long begun = System.nanoTime();
    Process box =
        BoxProcess.isolate(
                new ProcessBuilder(
                    BoxProcess.root().resolve("box/run").toString(),
                    "--bind",
                    "127.0.0.1",
                    "--port",
                    String.valueOf(port),
                    "--https-port",
                    "0",
                    "--data",
                    data.toString(),
                    "--odoo",
                    odoo.pairingUrl()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(data.resolve("stderr").toFile())
            .start();
    try {
      double hello = awaitHello(box, url, begun);
      double device = awaitDevice(url, begun);
      if (weigh) {
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        residentMebibytes = residentMebibytes(box.pid());
      }
      return new Boot(hello, device);
    } finally {
      box.destroy();
      box.waitFor();
    }
  }

  private static double awaitHello(Process box, URI url, long begun) throws IOException {
    while (true) {
      try (WireClient client = new WireClient(url)) {
        client.get("/hw_proxy/hello");
        if (client.status() == 200) {
          return since(begun);
        }
      } catch (ConnectException e) {
        // Not there yet.
      } catch (SocketException e) {
        // Going up.
      }
      if (!box.isAlive()) {
        throw new IOException("The box ended by itself with exit code " + box.exitValue());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  private static double awaitDevice(URI url, long begun) throws IOException {
    try (WireClient client = new WireClient(url)) {
      while (true) {
        String status = client.get("/api/status").replace(" ", "");
        int device = status.indexOf(DEVICE_THERE);
        if (device >= 0 && status.indexOf("\"driver\":\"", device) >= 0) {
          return since(begun);
        }
        if (since(begun) > 60_000) {
          throw new IOException("No device after a minute: " + status);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3));
      }
    }
  }

  private static double since(long begun) {
    return (System.nanoTime() - begun) / 1e6;
  }

  static double residentMebibytes(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  private static Figures figures(List<Double> values) {
    return new Figures(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
