package iotbox.tests.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import iotbox.stock.serial.PtyPair;
import iotbox.stock.serial.Toledo8217Emulator;
import iotbox.tests.BoxProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a point of sale that waits in a long poll waits for a new weight: from the moment when
 * it lies on the scale, which is asked eight times a second, and from the scale's answer.
 */
final class WeightBench {
  private static final int WARM_UP = 40;
  private static final int ROUNDS = 200;

  private final ObjectMapper json = new ObjectMapper();
  private String lastEvent = "0";

  void measure(Table table) throws IOException {
    Path folder = Files.createTempDirectory("bench");
    try (PtyPair line = new PtyPair(folder);
        Toledo8217Emulator scale = new Toledo8217Emulator(line.device());
        BoxProcess box = BoxProcess.start("--serial-port", line.box());
        WireClient client = new WireClient(box.url())) {
      while (!client.get("/api/status").contains("Toledo 8217 serial scale")) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
      double[] fromLoad = new double[ROUNDS];
      double[] fromAnswer = new double[ROUNDS];
      for (int i = -WARM_UP; i < ROUNDS; i++) {
        double[] millis = round(client, scale, line.box(), 1000 + i);
        if (i >= 0) {
          fromLoad[i] = millis[0];
          fromAnswer[i] = millis[1];
        }
      }
      table.row(
          "weight answered to browser, p50 / p99",
          both(new Figures(fromAnswer)),
          "",
          ROUNDS
              + " rounds: poll held, scale has sent the new weight, poll answered; wanted at most 50 ms");
      table.row(
          "weight changed to browser, p50 / p99",
          both(new Figures(fromLoad)),
          "1673 ms",
          "the same from the change on; the scale rests for 120 ms between two requests");
    }
    BootBench.delete(folder);
  }

  private double[] round(WireClient client, Toledo8217Emulator scale, String device, int grams)
      throws IOException {
    poll(client, device);
    // It is held by now, and the change comes at any moment of the scale's rhythm.
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(5_000_000, 130_000_000));
    long begun = System.nanoTime();
    scale.show(String.format(Locale.ROOT, "%d.%03d", grams / 1000, grams % 1000));
    while (!isWeight(client.receive(), grams)) {
      poll(client, device); // An event of before, which a first poll gets.
    }
    long end = System.nanoTime();
    return new double[] {(end - begun) / 1e6, (end - scale.lastNewAnswer()) / 1e6};
  }

  private void poll(WireClient client, String device) throws IOException {
    client.post(
        "/iot_drivers/event",
        "{\"params\":{\"listener\":{\"session_id\":\"bench\",\"last_event\":"
            + lastEvent
            + ",\"devices\":{\"scale\":{\"listener_id\":\"1\",\"device_identifier\":\""
            + device
            + "\"}}}}}");
  }

  private boolean isWeight(String answer, int grams) throws IOException {
    JsonNode event = json.readTree(answer).path("result");
    lastEvent = event.path("time").asText();
    return Math.round(event.path("value").asDouble() * 1000) == grams;
  }

  private static String both(Figures figures) {
    return String.format(
        Locale.ROOT, "%.2f / %.2f ms", figures.percentile(0.5), figures.percentile(0.99));
  }
}
