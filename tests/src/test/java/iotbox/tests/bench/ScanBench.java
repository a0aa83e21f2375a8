package iotbox.tests.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import iotbox.stock.input.PlayedInputs;
import iotbox.stock.input.PlayedInputs.Played;
import iotbox.tests.BoxProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How long a browser that waits in a long poll waits for what a scanner has read. */
final class ScanBench {
  private static final String SCANNER = "usb_05e0:1200";
  private static final int WARM_UP = 100;
  private static final int ROUNDS = 500;

  private final ObjectMapper json = new ObjectMapper();
  private String lastEvent = "0";

  void measure(Table table) throws IOException {
    Path folder = Files.createTempDirectory("bench");
    try (PlayedInputs machine = new PlayedInputs(folder)) {
      Played scanner = machine.plugUsb("1-1", "05e0:1200", "Symbol", "Bar Code Scanner", 1);
      try (BoxProcess box = BoxProcess.start("--input-devices", machine.option());
          WireClient client = new WireClient(box.url())) {
        while (!client.get("/hw_proxy/hello").equals("ping") || !isOpen(client)) {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        Figures figures = rounds(box.url(), scanner);
        table.row(
            "scan to browser, p50 / p99",
            String.format(
                Locale.ROOT, "%.2f / %.2f ms", figures.percentile(0.5), figures.percentile(0.99)),
            "",
            ROUNDS
                + " rounds after "
                + WARM_UP
                + " to warm up: poll held, all keys of 13 digits and Return typed at once, poll"
                + " answered");
      }
    }
    BootBench.delete(folder);
  }

  private boolean isOpen(WireClient client) throws IOException {
    for (JsonNode device : json.readTree(client.get("/api/status")).path("devices")) {
      if (device.path("identifier").asText().equals(SCANNER)) {
        return device.path("driver").isTextual();
      }
    }
    return false;
  }

  private Figures rounds(URI box, Played scanner) throws IOException {
    try (WireClient polling = new WireClient(box)) {
      double[] millis = new double[ROUNDS];
      for (int i = -WARM_UP; i < ROUNDS; i++) {
        double each = round(polling, scanner, String.valueOf(5_449_000_000_996L + i));
        if (i >= 0) {
          millis[i] = each;
        }
      }
      return new Figures(millis);
    }
  }

  private double round(WireClient polling, Played scanner, String barcode) throws IOException {
    polling.post(
        "/iot_drivers/event",
        "{\"params\":{\"listener\":{\"session_id\":\"bench\",\"last_event\":"
            + lastEvent
            + ",\"devices\":{\""
            + SCANNER
            + "\":{\"listener_id\":\"1\",\"device_identifier\":\""
            + SCANNER
            + "\"}}}}}");
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2)); // It is held by now.
    long begun = System.nanoTime();
    scanner.scan(barcode);
    JsonNode event = json.readTree(polling.receive()).path("result");
    double millis = (System.nanoTime() - begun) / 1e6;
    if (!event.path("value").asText().equals(barcode)) {
      throw new IOException("Not the scan " + barcode + ": " + event);
    }
    lastEvent = event.path("time").asText();
    return millis;
  }
}
