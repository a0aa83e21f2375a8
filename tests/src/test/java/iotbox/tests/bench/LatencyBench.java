package iotbox.tests.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import iotbox.tests.BoxProcess;
import iotbox.tests.OdooStandIn;
import iotbox.tests.TestHandlers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How long a browser that waits in a long poll waits for what an action brings about. */
final class LatencyBench {
  private static final int WARM_UP = 300;
  private static final int ROUNDS = 1000;

  private final ObjectMapper json = new ObjectMapper();
  private String lastEvent = "0";

  void measure(Table table) throws IOException {
    Path data = Files.createTempDirectory("bench");
    try (OdooStandIn odoo = OdooStandIn.start().serving(TestHandlers.bench());
        BoxProcess box = LoadBench.start(odoo, data);
        WireClient client = new WireClient(box.url())) {
      while (!client.get("/api/status").contains("bench1")) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
      Figures figures = rounds(box.url(), ROUNDS);
      table.row(
          "action to event, p50 / p99",
          String.format(
              Locale.ROOT, "%.2f / %.2f ms", figures.percentile(0.5), figures.percentile(0.99)),
          "5.0 / 18.4 ms",
          ROUNDS
              + " rounds after "
              + WARM_UP
              + " to warm up: poll held, action sent, poll answered");
    }
  }

  /** How long so many rounds took, each, in milliseconds; after some to warm up. */
  Figures rounds(URI box, int count) throws IOException {
    try (WireClient polling = new WireClient(box);
        WireClient acting = new WireClient(box)) {
      for (int i = 0; i < WARM_UP; i++) {
        round(polling, acting, i);
      }
      double[] millis = new double[count];
      for (int i = 0; i < count; i++) {
        millis[i] = round(polling, acting, i);
      }
      return new Figures(millis);
    }
  }

  private double round(WireClient polling, WireClient acting, int value) throws IOException {
    polling.post(
        "/iot_drivers/event",
        "{\"params\":{\"listener\":{\"session_id\":\"bench\",\"last_event\":"
            + lastEvent
            + ",\"devices\":{\"bench1\":{\"listener_id\":\"1\",\"device_identifier\":\"bench1\"}}}}}");
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2)); // It is held by now.
    long begun = System.nanoTime();
    acting.post(
        "/iot_drivers/action",
        "{\"params\":{\"session_id\":\"bench\",\"device_identifier\":\"bench1\","
            + "\"data\":{\"action\":\"set\",\"value\":"
            + value
            + "}}}");
    String answer = polling.receive();
    double millis = (System.nanoTime() - begun) / 1e6;
    acting.receive();
    JsonNode event = json.readTree(answer).path("result");
    if (event.path("value").asInt(-1) != value) {
      throw new IOException("Not the event of round " + value + ": " + answer);
    }
    lastEvent = event.path("time").asText();
    return millis;
  }
}
