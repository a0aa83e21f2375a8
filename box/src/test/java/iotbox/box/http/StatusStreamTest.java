package iotbox.box.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.http.page.StatusRoutes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What open pages of the homepage are told, on the wire. */
class StatusStreamTest {
  private static final String PATH = "/api/status/stream";

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
  void theWholeStatusComesFirst() throws Exception {
    box.plug("dev1", "scale");
    try (Stream stream = new Stream("")) {
      Message status = stream.next();
      assertEquals("status", status.event);
      JsonNode asked = box.json(box.get("/api/status").body());
      for (String part : List.of("odoo", "handlers", "generation", "access", "overdue")) {
        assertEquals(asked.get(part), status.data.get(part), part);
      }
      assertEquals("dev1", status.data.at("/devices/0/identifier").asText());
    }
  }

  @Test
  void whatChangesIsToldAndNothingElse() throws Exception {
    box.plug("dev1", "scale");
    box.plug("dev2", "scale");
    try (Stream stream = new Stream("")) {
      stream.next("status");
      box.plug("dev3", "printer");
      JsonNode told = stream.nextChangeOf("devices");
      while (!told.at("/changed/0/state").asText().equals("connected")) {
        assertEquals(1, told.get("changed").size(), told.toString());
        told = stream.nextChangeOf("devices");
      }
      assertEquals("dev3", told.at("/changed/0/identifier").asText());
      assertEquals(1, told.get("changed").size(), "not the other two: " + told);
      assertEquals(0, told.get("gone").size());

      box.unplug("dev1");
      told = stream.nextChangeOf("devices");
      while (told.get("gone").isEmpty()) {
        told = stream.nextChangeOf("devices");
      }
      assertEquals("dev1", told.at("/gone/0").asText());
    }
  }

  @Test
  void everyPageIsToldOfAChange() throws Exception {
    try (Stream one = new Stream("");
        Stream other = new Stream("?values")) {
      one.next("status");
      other.next("status");
      box.plug("dev1", "scale");
      assertNotNull(one.nextChangeOf("devices"));
      assertNotNull(other.nextChangeOf("devices"));
    }
  }

  @Test
  void valuesAreToldToPagesThatShowThem() throws Exception {
    publish("dev1", 1);
    try (Stream stream = new Stream("?values")) {
      stream.next("status");
      assertEquals(1, stream.next("values").at("/dev1/value").asInt());
      for (int i = 2; i <= 500; i++) {
        publish("dev1", i);
        publish("dev2", -i);
      }
      JsonNode last = stream.next("values");
      int messages = 1;
      while (last.at("/dev1/value").asInt() < 500) {
        last = stream.next("values");
        messages++;
      }
      assertTrue(messages < 50, messages + " messages of 998 events");
    }
    try (Stream plain = new Stream("")) {
      plain.next("status");
      publish("dev1", 9);
      box.plug("dev1", "scale");
      Message next = plain.next();
      while (!next.event.equals("change") || !next.data.has("devices")) {
        assertFalse(next.event.equals("values"));
        next = plain.next();
      }
    }
  }

  @Test
  void aDeviceIsToldFromItsPastOn() throws Exception {
    for (int i = 0; i < 3; i++) {
      publish("dev1", i);
    }
    publish("dev2", 7);
    try (Stream stream = new Stream("?device=dev1")) {
      Message samples = stream.next();
      assertEquals("samples", samples.event);
      assertEquals("dev1", samples.data.get("device").asText());
      assertEquals(2, samples.data.at("/last/value").asInt());
      assertEquals(2.0, samples.data.at("/samples/0/1").asDouble(), "of this moment");
      stream.next("status");
      publish("dev2", 8);
      publish("dev1", 3);
      publish("dev1", 4);
      for (int i = 3; i <= 4; i++) {
        Message told = stream.nextMessage("device");
        assertEquals(i, told.data.at("/told/value").asInt());
        assertEquals(i, told.data.get("number").asDouble());
        assertEquals(told.data.get("time").asDouble(), Double.parseDouble(told.id));
      }
    }
  }

  @Test
  void aPageThatComesBackMissesNoEvent() throws Exception {
    publish("dev1", 1);
    String last;
    try (Stream stream = new Stream("?device=dev1")) {
      stream.next("status");
      publish("dev1", 2);
      last = stream.nextMessage("device").id;
    }
    publish("dev1", 3);
    try (Stream stream = new Stream("?device=dev1", "Last-Event-ID: " + last + "\r\n")) {
      assertEquals(3, stream.nextMessage("device").data.at("/told/value").asInt());
    }
  }

  @Test
  void aPictureIsNotSentToAPageThatCannotShowIt() throws Exception {
    try (Stream stream = new Stream("?device=camera")) {
      stream.next("status");
      box.events.publish(
          "camera", "camera", null, Map.of("value", "x".repeat(1 << 20), "bytes", new byte[9000]));
      JsonNode told = stream.nextMessage("device").data;
      assertTrue(told.toString().length() < 1_000, told.toString().length() + " characters");
      assertTrue(told.at("/told/value").asText().startsWith("xxx"));
      assertEquals("…", told.at("/told/bytes").asText());
    }
  }

  @Test
  void aSlowPageKnowsEverythingInTheEnd() throws Exception {
    try (Stream stream = new Stream("?values")) {
      stream.next("status");
      // More than what the sockets take, so that the page is behind.
      for (int round = 0; round < 8; round++) {
        for (int device = 0; device < 400; device++) {
          publish("dev" + device, round + " " + "x".repeat(1_500));
        }
        Thread.sleep(200);
      }
      box.plug("last", "scale");
      Set<String> upToDate = new TreeSet<>();
      boolean plugged = false;
      while (upToDate.size() < 400 || !plugged) {
        Message message = stream.next();
        assertNotNull(message, "it was not so slow that it is given up");
        if (message.event.equals("values")) {
          message
              .data
              .properties()
              .forEach(
                  each -> {
                    if (each.getValue().get("value").asText().startsWith("7 ")) {
                      upToDate.add(each.getKey());
                    }
                  });
        }
        plugged |= message.data.path("devices").toString().contains("\"last\"");
      }
    }
  }

  @Test
  void aPageThatDoesNotReadAtAllIsDropped() throws Exception {
    try (Stream stream = new Stream("?values")) {
      stream.next("status");
      box.awaitHeld(1);
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(200))
          .until(
              () -> {
                for (int device = 0; device < 400; device++) {
                  publish("dev" + device, System.nanoTime() + "x".repeat(1_500));
                }
                return box.held() == 0;
              });
    }
  }

  @Test
  void pagesThatGoAwayAreForgotten() throws Exception {
    List<Stream> streams = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      streams.add(new Stream(i % 2 == 0 ? "?values" : "?device=dev1"));
    }
    box.awaitHeld(20);
    for (Stream stream : streams) {
      stream.close();
    }
    box.awaitHeld(0);
  }

  @Test
  void aBoxThatStopsEndsItsStreams() throws Exception {
    TestBox stopping = new TestBox(Path.of("/nonexistent.log"), Duration.ofSeconds(15));
    try (Stream stream = new Stream(stopping, "?device=dev1", "")) {
      stream.next("status");
      long begun = System.nanoTime();
      stopping.close();
      Message last = stream.next();
      while (last != null) {
        last = stream.next();
      }
      assertTrue(System.nanoTime() - begun < Duration.ofSeconds(4).toNanos());
    }
  }

  @Test
  void pagesAreLimited() throws Exception {
    List<Stream> streams = new ArrayList<>();
    for (int i = 0; i < StatusRoutes.MAX_PAGES; i++) {
      streams.add(new Stream(""));
    }
    HttpResponse<String> refused = box.get(PATH);
    assertEquals(503, refused.statusCode());
    assertEquals(
        "The box already keeps 500 open pages up to date; close other ones.\n", refused.body());
    for (Stream stream : streams) {
      stream.close();
    }
    box.awaitHeld(0);
  }

  @Test
  void otherSitesCannotReadIt() throws Exception {
    try (Stream stream = new Stream("", "Origin: https://evil.example\r\n")) {
      assertFalse(stream.head.toLowerCase().contains("access-control"), stream.head);
      assertTrue(
          stream.head.toLowerCase().contains("cross-origin-resource-policy: same-origin"),
          stream.head);
    }
  }

  private void publish(String device, Object value) {
    box.events.publish(device, "scale", null, Map.of("value", value));
  }

  private record Message(String event, String id, JsonNode data) {}

  /** An open page's stream. */
  private final class Stream implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader lines;
    final String head;

    Stream(String query) throws IOException {
      this(query, "");
    }

    Stream(String query, String headers) throws IOException {
      this(box, query, headers);
    }

    Stream(TestBox server, String query, String headers) throws IOException {
      // HTTP/1.0 knows no chunks, so that lines are lines.
      socket =
          server.raw("GET " + PATH + query + " HTTP/1.0\r\nHost: localhost\r\n" + headers + "\r\n");
      lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      StringBuilder all = new StringBuilder();
      for (String line = lines.readLine(); !line.isEmpty(); line = lines.readLine()) {
        all.append(line).append('\n');
      }
      head = all.toString();
      assertTrue(head.contains("200"), head);
    }

    /** The next message that says something; {@code null} at the end. */
    Message next() throws IOException {
      String event = null;
      String id = null;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event: ")) {
          event = line.substring(7);
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("data: ")) {
          return new Message(event, id, box.json(line.substring(6)));
        }
      }
      return null;
    }

    Message nextMessage(String event) throws IOException {
      Message message = next();
      while (!message.event.equals(event)) {
        message = next();
      }
      return message;
    }

    JsonNode next(String event) throws IOException {
      return nextMessage(event).data;
    }

    JsonNode nextChangeOf(String part) throws IOException {
      JsonNode change = next("change");
      while (!change.has(part)) {
        change = next("change");
      }
      return change.get(part);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
