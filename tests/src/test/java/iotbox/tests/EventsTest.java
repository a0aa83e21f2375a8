package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The long poll, on the wire. */
class EventsTest {
  private OdooStandIn odoo;
  private BoxProcess box;
  private BoxClient client;

  @BeforeEach
  void start() {
    odoo = OdooStandIn.start().serving(TestHandlers.bench());
    box = BoxProcess.pairedWith(odoo);
    client = box.client();
    client.awaitDevice("bench1");
  }

  @AfterEach
  void stop() {
    box.close();
    odoo.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/hw_drivers/event", "/iot_drivers/event"})
  void aPollThatWaitsGetsTheEventWithEverythingThatClientsRead(String path) {
    CompletableFuture<JsonNode> poll = client.poll(path, "listener-tab", 0, "bench1");
    client.action("acting-tab", "bench1", Map.of("action", "set", "value", 12.5));

    JsonNode answer = join(poll);
    JsonNode result = answer.path("result");
    assertEquals(12.5, result.path("value").asDouble());
    assertEquals(12.5, result.path("result").asDouble());
    assertEquals("success", result.path("status").asText());
    assertEquals("bench1", result.path("device_identifier").asText());
    assertEquals("listener-tab", result.path("session_id").asText(), "the listener's own");
    assertEquals("acting-tab", result.path("owner").asText());
    assertEquals(BoxProcess.IDENTIFIER, result.path("iot_box_identifier").asText());
    assertTrue(
        Math.abs(result.path("time").asDouble() - System.currentTimeMillis() / 1000.0) < 60,
        "time is seconds since the epoch");
  }

  @Test
  void twoQuickEventsBothReachAListenerThatPollsOneAfterTheOther() {
    CompletableFuture<JsonNode> poll = client.poll("s", 0, "bench1");
    client.action("s", "bench1", Map.of("action", "twice"));

    List<String> values = new ArrayList<>();
    double last = 0;
    for (int i = 0; i < 3; i++) {
      JsonNode event = join(poll).path("result");
      assertTrue(event.path("time").asDouble() > last, "times grow");
      last = event.path("time").asDouble();
      values.add(event.path("value").asText());
      poll = client.poll("s", last, "bench1");
    }
    assertEquals(List.of("first", "second", "second"), values, "the third ends the action");
    assertFalse(poll.isDone(), "nothing comes twice");
  }

  @Test
  void fiftyListenersAllGetTheSameEvent() {
    List<CompletableFuture<JsonNode>> polls =
        IntStream.range(0, 50).mapToObj(i -> client.poll("tab" + i, 0, "bench1")).toList();
    client.action("s", "bench1", Map.of("action", "set", "value", "for all"));

    for (int i = 0; i < polls.size(); i++) {
      JsonNode result = join(polls.get(i)).path("result");
      assertEquals("for all", result.path("value").asText(), "listener " + i);
      assertEquals("tab" + i, result.path("session_id").asText());
    }
  }

  @Test
  void aListenerByTypeGetsTheEventUnderThatName() {
    CompletableFuture<JsonNode> poll = client.poll("s", 0, "scale");
    client.action("s", "bench1", Map.of("action", "set", "value", 3));

    assertEquals("scale", join(poll).path("result").path("device_identifier").asText());
  }

  @Test
  void anEventIsReplayedByTypeToo() {
    client.action("s", "bench1", Map.of("action", "set", "value", 3));

    JsonNode result = join(client.poll("s", 0, "scale")).path("result");
    assertEquals("scale", result.path("device_identifier").asText());
    assertEquals(3, result.path("value").asInt());
  }

  @Test
  void devicesMayBeAListAndStrangeFieldsAreIgnored() {
    client.action("s", "bench1", Map.of("action", "set", "value", "list"));
    HttpResponse<String> response =
        client.post(
            "/hw_drivers/event",
            "application/json",
            "{\"params\":{\"listener\":{\"session_id\":\"s\",\"devices\":[\"bench1\"],"
                + "\"last_event\":0,\"abortController\":{},\"rpc\":null}}}");

    assertEquals("list", BoxClient.json(response.body()).path("result").path("value").asText());
  }

  @Test
  void anAbandonedPollSwallowsNothing() {
    CompletableFuture<JsonNode> abandoned = client.poll("s", 0, "bench1");
    abandoned.cancel(true);
    client.action("s", "bench1", Map.of("action", "set", "value", "kept"));

    assertEquals("kept", join(client.poll("s", 0, "bench1")).path("result").path("value").asText());
  }

  @Test
  void clientsThatGoAwayInTheVeryMomentDoNoHarm() {
    // Of its own: a connection that is given up must not be the one that acts next.
    BoxClient leaving = new BoxClient(box.url());
    for (int i = 0; i < 100; i++) {
      CompletableFuture<JsonNode> abandoned = leaving.poll("s" + i, 9e9, "bench1");
      CompletableFuture<JsonNode> acting =
          CompletableFuture.supplyAsync(
              () -> client.action("s", "bench1", Map.of("action", "twice")));
      abandoned.cancel(true);
      join(acting);
    }

    assertNothingIsWrong();
  }

  @Test
  void aRequestThatBreaksOffDoesNoHarm() throws IOException {
    URI address = box.url();
    for (int i = 0; i < 5; i++) {
      try (Socket socket = new Socket(address.getHost(), address.getPort())) {
        String half =
            "POST /iot_drivers/event HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"par";
        socket.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
      }
    }

    assertNothingIsWrong();
  }

  private void assertNothingIsWrong() {
    assertEquals("ping", client.get("/hw_proxy/hello").body());
    List<String> faults =
        box.stderr()
            .lines()
            .filter(line -> line.matches(".* (WARN|ERROR) .*"))
            .filter(line -> !line.contains("Not on the bus")) // The stand-in has none.
            .toList();
    assertEquals(List.of(), faults.stream().limit(5).toList(), "the log complains of nothing");
  }

  @Test
  void anEventIsACopyOfItsMoment() {
    client.action("s", "bench1", Map.of("action", "set", "value", "early"));
    client.action("s", "bench1", Map.of("action", "set", "value", "late"));

    JsonNode first = join(client.poll("s", 0, "bench1")).path("result");
    assertEquals("early", first.path("value").asText());
    JsonNode second =
        join(client.poll("s", first.path("time").asDouble(), "bench1")).path("result");
    assertEquals("late", second.path("value").asText());
  }

  private static JsonNode join(CompletableFuture<JsonNode> poll) {
    return poll.orTimeout(20, TimeUnit.SECONDS).join();
  }
}
