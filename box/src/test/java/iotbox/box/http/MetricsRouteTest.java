package iotbox.box.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import iotbox.box.http.limit.Bounds;
import iotbox.box.http.part.Traffic;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MetricsRouteTest {
  private static final String POLL =
      "{\"params\": {\"listener\": {\"session_id\": \"s\", \"devices\": {\"d\": {\"listener_id\":"
          + " \"l\", \"device_identifier\": \"d\"}}, \"last_event\": 0}}}";

  @Test
  void theServerTellsWhatItIsAt() throws Exception {
    Bounds usual = Bounds.usual();
    Bounds few =
        new Bounds(
            usual.connections(), usual.connectionsOfOne(), 2, usual.bodyMemory(), usual.patience());
    try (TestBox box = new TestBox(Path.of("/nonexistent.log"), Duration.ofSeconds(20), few)) {
      List<CompletableFuture<?>> held = new ArrayList<>();
      held.add(box.callLater("/iot_drivers/event", POLL));
      held.add(box.callLater("/iot_drivers/event", POLL));
      box.awaitHeld(2);
      assertEquals(503, box.post("/iot_drivers/event", POLL).statusCode());
      held.add(
          HttpClient.newHttpClient()
              .sendAsync(box.request("/api/events").build(), BodyHandlers.ofInputStream()));
      box.awaitHeld(3);

      HttpResponse<String> answer =
          box.send(box.request("/metrics").header("Accept", "what the client takes"));

      assertEquals("for what the client takes", answer.body());
      Traffic traffic = box.traffic;
      assertEquals(2, traffic.polls());
      assertEquals(1, traffic.streams());
      assertEquals(4, traffic.requests(), "this one included");
      assertEquals(1, traffic.refusals().get("polls"));
      assertEquals(0, traffic.refusals().get("streams"));
      box.events.releaseAll();
      await().until(() -> box.get("/metrics").statusCode() == 200 && box.traffic.polls() == 0);
    }
  }

  @Test
  void bodiesThatAreNotTakenAreCounted() throws Exception {
    try (TestBox box = new TestBox()) {
      box.exchange(
          "POST /hw_drivers/action HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
              + "Content-Length: 99999999\r\n\r\n");
      box.get("/metrics");
      assertEquals(1, box.traffic.refusals().get("body_too_long"));
    }
  }
}
