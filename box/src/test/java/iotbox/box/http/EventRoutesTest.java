package iotbox.box.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventRoutesTest {
  private static final String POLL = "/hw_drivers/event";
  private TestBox box;

  @BeforeEach
  void start() throws PortRefusedException {
    box = new TestBox(Path.of("/nonexistent.log"), Duration.ofSeconds(15));
  }

  @AfterEach
  void stop() {
    box.close();
  }

  @Test
  void aWaitingPollGetsTheNextEvent() {
    box.plug("dev1", "device");
    CompletableFuture<JsonNode> poll = box.callLater(POLL, listener("tab2", "dev1", 0));
    box.call(
        "/hw_drivers/action",
        "{\"params\":{\"session_id\":\"tab1\",\"device_identifier\":\"dev1\","
            + "\"data\":{\"action\":\"show\",\"value\":5}}}");
    JsonNode result = poll.join().get("result");
    assertTrue(result.get("time").asDouble() > 1.7e9);
    assertEquals(
        box.json(
            "{\"value\":5,\"result\":\"\",\"device_identifier\":\"dev1\",\"session_id\":\"tab2\","
                + "\"owner\":\"tab1\",\"iot_box_identifier\":\"box-1\",\"time\":"
                + result.get("time")
                + "}"),
        result);
  }

  @Test
  void bothRoutesAndAllFormsOfListenersWork() {
    publish("dev1", "scale", 1);
    for (String devices :
        List.of(
            "{\"dev1\":{\"listener_id\":\"l\",\"device_identifier\":\"dev1\"}}",
            "{\"other\":{},\"dev1\":null}",
            "[\"dev1\"]",
            "[\"other\",\"dev1\"]",
            "[{\"device_identifier\":\"dev1\"}]")) {
      for (String path : List.of(POLL, "/iot_drivers/event")) {
        JsonNode answer =
            box.call(
                path,
                "{\"params\":{\"listener\":{\"session_id\":\"s\",\"abortController\":{},"
                    + "\"devices\":"
                    + devices
                    + "}}}");
        assertEquals("dev1", answer.at("/result/device_identifier").asText(), devices);
      }
    }
  }

  @Test
  void aListenerByTypeGetsTheTypeAsTheDevice() {
    publish("dev1", "scale", 1);
    JsonNode result = box.call(POLL, listener("s", "scale", 0)).get("result");
    assertEquals("scale", result.get("device_identifier").asText());
    assertEquals(1, result.get("value").asInt());
  }

  @Test
  void theTimeSentBackLeadsToTheNextEvent() {
    publish("dev1", "device", 1);
    publish("dev1", "device", 2);
    publish("dev2", "device", 3);
    JsonNode first = box.call(POLL, listener("s", "dev1", 0)).get("result");
    assertEquals(1, first.get("value").asInt());
    // As text: not a digit of the time may be lost on the way.
    JsonNode second =
        box.call(POLL, listener("s", "dev1", first.get("time").toString())).get("result");
    assertEquals(2, second.get("value").asInt());
    CompletableFuture<JsonNode> third =
        box.callLater(POLL, listener("s", "dev1", second.get("time").toString()));
    publish("dev1", "device", 4);
    assertEquals(4, third.join().at("/result/value").asInt());
  }

  @Test
  void twoQuickEventsBothReachOneListener() {
    box.plug("dev1", "device");
    CompletableFuture<JsonNode> poll = box.callLater(POLL, listener("s", "dev1", 0));
    box.call(
        "/hw_drivers/action",
        "{\"params\":{\"session_id\":\"s\",\"device_identifier\":\"dev1\","
            + "\"data\":{\"action\":\"twice\"}}}");
    JsonNode first = poll.join().get("result");
    assertEquals("first", first.get("value").asText());
    JsonNode second =
        box.call(POLL, listener("s", "dev1", first.get("time").toString())).get("result");
    assertEquals("second", second.get("value").asText());
    assertFalse(second.has("status"));
    JsonNode end =
        box.call(POLL, listener("s", "dev1", second.get("time").toString())).get("result");
    assertEquals("success", end.get("status").asText());
    assertFalse(end.has("action_args"), "what one tab sent is not for all others");
  }

  @Test
  void allListenersGetTheSameEvent() {
    List<CompletableFuture<JsonNode>> polls = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      polls.add(box.callLater(POLL, listener("tab" + i, i % 2 == 0 ? "dev1" : "scale", 0)));
    }
    box.awaitHeld(200);
    publish("dev1", "scale", 42);
    for (int i = 0; i < 200; i++) {
      JsonNode result = polls.get(i).join().get("result");
      assertEquals(42, result.get("value").asInt());
      assertEquals("tab" + i, result.get("session_id").asText());
      assertEquals(i % 2 == 0 ? "dev1" : "scale", result.get("device_identifier").asText());
    }
  }

  @Test
  void withoutAnEventThereIsNoResult() throws Exception {
    try (TestBox impatient = new TestBox()) {
      assertEquals(
          "{\"jsonrpc\":\"2.0\",\"id\":9,\"result\":true}",
          impatient.post("/hw_proxy/handshake", "{\"id\":9}").body());
      assertEquals(
          "{\"jsonrpc\":\"2.0\",\"id\":9}",
          impatient
              .post(
                  POLL,
                  "{\"id\":9,\"params\":{\"listener\":{\"session_id\":\"s\",\"devices\":{}}}}")
              .body());
    }
  }

  @Test
  void usualPatienceIsWithinWhatClientsWaitFor() {
    assertEquals(Duration.ofSeconds(50), Patience.USUAL.poll());
    assertEquals(Duration.ofSeconds(55), Patience.USUAL.scanner());
  }

  @Test
  void anAbandonedPollDoesNotSwallowAnEvent() throws Exception {
    Socket first = box.raw(poll("dev1"));
    box.awaitHeld(1);
    first.close();
    box.awaitHeld(0);
    publish("dev1", "device", 7);
    assertEquals(7, box.call(POLL, listener("s", "dev1", 0)).at("/result/value").asInt());
  }

  @Test
  void aClientThatGoesAwayFreesItsConnectionAtOnce() throws Exception {
    long start = System.nanoTime();
    try (Socket client = box.raw(poll("dev1"))) {
      box.awaitHeld(1);
      client.shutdownOutput(); // All that a server can see of a client that has gone.
      InputStream in = client.getInputStream();
      in.readAllBytes(); // Ends when the box closes its side.
    }
    assertTrue(System.nanoTime() - start < Duration.ofSeconds(5).toNanos());
  }

  @Test
  void eventsAndAbortsAtTheSameTimeLoseNothing() throws Exception {
    for (int i = 0; i < 200; i++) {
      String device = "dev" + i;
      Socket aborting = box.raw(poll(device));
      CompletableFuture<JsonNode> staying = box.callLater(POLL, listener("w", device, 0));
      CompletableFuture<Void> close =
          CompletableFuture.runAsync(
              () -> {
                try {
                  aborting.close();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              },
              box.threads.work());
      publish(device, "device", i);
      close.join();
      assertEquals(i, staying.join().at("/result/value").asInt());
      assertEquals(i, box.call(POLL, listener("s", device, 0)).at("/result/value").asInt());
    }
    box.awaitHeld(0);
  }

  @Test
  void aRequestThatIsSentAheadIsAnsweredAfterThePoll() throws Exception {
    try (Socket client = box.raw(poll("dev1"))) {
      client
          .getOutputStream()
          .write(
              "GET /hw_proxy/hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      box.call("/hw_proxy/handshake", "{}"); // Time enough for the request to arrive.
      publish("dev1", "device", 7);
      String both = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(both.contains("\"value\":7"), both);
      assertTrue(both.endsWith("ping"), both);
    }
  }

  @Test
  void oneConnectionPollsAgainAndAgain() throws Exception {
    try (Socket client = box.raw("")) {
      for (int i = 0; i < 50; i++) {
        client.getOutputStream().write(poll("dev" + i).getBytes(StandardCharsets.US_ASCII));
        publish("dev" + i, "device", i);
        byte[] answer = new byte[4096];
        String text = "";
        while (!text.endsWith("}}")) {
          int count = client.getInputStream().read(answer);
          assertTrue(count > 0, text);
          text += new String(answer, 0, count, StandardCharsets.UTF_8);
        }
        assertTrue(text.contains("\"value\":" + i), text);
      }
    }
  }

  @Test
  void aBoxThatStopsAnswersItsPolls() throws Exception {
    TestBox stopping = new TestBox(Path.of("/nonexistent.log"), Duration.ofSeconds(15));
    List<CompletableFuture<JsonNode>> polls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      polls.add(stopping.callLater(POLL, listener("tab" + i, "dev1", 0)));
    }
    stopping.awaitHeld(50);
    stopping.close();
    for (CompletableFuture<JsonNode> poll : polls) {
      assertFalse(poll.get(5, TimeUnit.SECONDS).has("result"));
    }
  }

  @Test
  void wrongListenersAreExplained() {
    assertEquals("The parameter listener must be a JSON object.", error("7"));
    assertEquals("The parameter listener.devices is missing.", error("{\"session_id\":\"s\"}"));
    assertEquals(
        "The parameter listener.devices must be a map by identifier or a list.",
        error("{\"devices\":\"dev1\"}"));
    assertEquals(
        "The parameter listener.devices must be a list of identifiers.",
        error("{\"devices\":[1]}"));
    assertEquals(
        "The parameter listener.last_event must be a number of seconds.",
        error("{\"devices\":[],\"last_event\":\"x\"}"));
  }

  private String error(String listener) {
    return box.call(POLL, "{\"params\":{\"listener\":" + listener + "}}")
        .at("/error/data/message")
        .asText();
  }

  private void publish(String device, String type, int value) {
    box.events.publish(device, type, null, Map.of("value", value));
  }

  private static String listener(String session, String device, Object lastEvent) {
    return "{\"params\":{\"listener\":{\"session_id\":\""
        + session
        + "\",\"devices\":{\""
        + device
        + "\":{\"listener_id\":\"l\",\"device_identifier\":\""
        + device
        + "\"}},\"last_event\":"
        + lastEvent
        + "}}}";
  }

  private static String poll(String device) {
    String body = listener("s", device, 0);
    return "POST /hw_drivers/event HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }
}
