package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.stock.serial.PtyPair;
import iotbox.stock.serial.Toledo8217Emulator;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Toledo 8217 at the other end of a serial line: from its bytes to the browser. */
class SerialScaleTest {
  @Test
  void aWeightReachesTheBrowserAndThePointOfSale(@TempDir Path folder) throws Exception {
    try (PtyPair line = new PtyPair(folder);
        Toledo8217Emulator scale = new Toledo8217Emulator(line.device());
        BoxProcess box = BoxProcess.start("--serial-port", line.box())) {
      scale.show("1.234");
      BoxClient client = box.client();
      JsonNode device = client.awaitDevice(line.box());
      assertEquals("scale", device.path("type").asText());
      assertEquals("serial", device.path("connection").asText());

      client.action("s", line.box(), Map.of("action", "read_once"));
      JsonNode event = awaitWeight(client, line.box(), 1.234);
      assertEquals(1.234, event.path("result").asDouble(), 1e-9, "newer clients read result");

      scale.show("2.500");
      Awaitility.await("the point of sale's own call")
          .atMost(20, TimeUnit.SECONDS)
          .untilAsserted(
              () ->
                  assertEquals(
                      2.5,
                      client
                          .call("/hw_proxy/scale_read", Map.of())
                          .path("result")
                          .path("weight")
                          .asDouble(),
                      1e-9));
      JsonNode kinds = client.call("/hw_proxy/status_json", Map.of()).path("result");
      assertEquals("connected", kinds.path("scale").path("status").asText(), kinds.toString());
    }
  }

  @Test
  void continuousReadingTellsEveryChange(@TempDir Path folder) throws Exception {
    try (PtyPair line = new PtyPair(folder);
        Toledo8217Emulator scale = new Toledo8217Emulator(line.device());
        BoxProcess box = BoxProcess.start("--serial-port", line.box())) {
      BoxClient client = box.client();
      client.awaitDevice(line.box());
      scale.show("0.100");
      client.action("s", line.box(), Map.of("action", "start_reading"));
      awaitWeight(client, line.box(), 0.1);
      scale.show("0.200");
      awaitWeight(client, line.box(), 0.2);

      client.action("s", line.box(), Map.of("action", "stop_reading"));
    }
  }

  @Test
  void aPulledPlugIsADeviceThatIsGone(@TempDir Path folder) throws Exception {
    try (PtyPair line = new PtyPair(folder)) {
      try (Toledo8217Emulator scale = new Toledo8217Emulator(line.device());
          BoxProcess box = BoxProcess.start("--serial-port", line.box())) {
        scale.show("1.000");
        BoxClient client = box.client();
        client.awaitDevice(line.box());

        line.unplug();
        client.awaitStatus(
            "the scale is gone", status -> !BoxClient.isOpen(BoxClient.device(status, line.box())));

        line.plug();
        try (Toledo8217Emulator again = new Toledo8217Emulator(line.device())) {
          again.show("3.000");
          client.awaitDevice(line.box());
          client.action("s", line.box(), Map.of("action", "read_once"));
          awaitWeight(client, line.box(), 3.0);
          assertTrue(again.weightRequests() > 0);
        }
      }
    }
  }

  private static JsonNode awaitWeight(BoxClient client, String device, double weight)
      throws Exception {
    double last = 0;
    while (true) {
      JsonNode event = client.poll("reader", last, device).get(20, TimeUnit.SECONDS).path("result");
      last = event.path("time").asDouble();
      if (Math.abs(event.path("value").asDouble() - weight) < 1e-9) {
        return event;
      }
    }
  }
}
