package iotbox.box.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.http.log.LogStreamRoute;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log as it is written, on the wire. */
class LogStreamRouteTest {
  private static final String PATH = "/api/logs/stream";

  private TestBox box;

  @BeforeEach
  void start() throws PortRefusedException {
    box = new TestBox();
  }

  @AfterEach
  void stop() {
    box.close();
  }

  @Test
  void theLastRecordsComeAndThenEachNewOne() throws Exception {
    box.feed.write("info", "iotbox.box.Box", "It serves", null);
    box.feed.write("warn", TestDriver.class.getName(), "No paper\n\tat all", "a stack");
    try (Reader reader = new Reader(null)) {
      Message first = reader.next();
      assertEquals("run1-1", first.id);
      assertEquals("run1-1", first.data.get("id").asText());
      assertEquals("2026-11-22T09:30:00Z", first.data.get("time").asText());
      assertEquals("info", first.data.get("level").asText());
      assertEquals("iotbox.box.Box", first.data.get("logger").asText());
      assertEquals("It serves", first.data.get("message").asText());
      assertTrue(first.data.get("handler").isNull());
      assertTrue(first.data.get("thrown").isNull());
      JsonNode second = reader.next().data;
      assertEquals("drivers/TestDriver.java", second.get("handler").asText());
      assertEquals("No paper\n\tat all", second.get("message").asText());
      assertEquals("a stack", second.get("thrown").asText());

      await().until(() -> box.feed.readers() == 1);
      long begun = System.nanoTime();
      box.feed.write("info", TestDriver.class.getName() + "$Inner", "now", null);
      JsonNode live = reader.next().data;
      assertTrue(System.nanoTime() - begun < Duration.ofSeconds(1).toNanos(), "live");
      assertEquals("drivers/TestDriver.java", live.get("handler").asText());
    }
    await().until(() -> box.feed.readers() == 0);
    box.awaitHeld(0);
  }

  @Test
  void whoComesBackGoesOnWhereItWasAndHearsWhatItMissed() throws Exception {
    for (int i = 1; i <= 5; i++) {
      box.feed.write("info", "x", "record " + i, null);
    }
    try (Reader reader = new Reader("run1-3")) {
      assertEquals("record 4", reader.next().data.get("message").asText());
    }
    box.feed.forgetAll();
    box.feed.write("info", "x", "record 6", null);
    try (Reader reader = new Reader("run1-3")) {
      Message missed = reader.next();
      assertEquals("missed", missed.event);
      assertEquals(2, missed.data.get("count").asInt());
      assertEquals("record 6", reader.next().data.get("message").asText());
    }
    try (Reader reader = new Reader("another-3")) {
      assertEquals("record 6", reader.next().data.get("message").asText());
    }
    HttpRequest.Builder bad =
        box.login().in(box.request(PATH)).header("Last-Event-ID", "yesterday");
    assertEquals(400, box.send(bad).statusCode());
  }

  @Test
  void itEndsWhenTheOwnerLogsOut() throws Exception {
    TestBox.Login login = box.login();
    try (Reader reader = new Reader(login, null)) {
      box.feed.write("info", "x", "before", null);
      assertEquals("before", reader.next().data.get("message").asText());
      assertEquals(204, box.send(login.in(box.request("/api/session").DELETE())).statusCode());
      box.feed.write("info", "x", "after", null);
      assertNull(reader.next());
    }
  }

  @Test
  void itEndsWithTheBox() throws Exception {
    try (Reader reader = new Reader(null)) {
      await().until(() -> box.feed.readers() == 1);
      long begun = System.nanoTime();
      box.close();
      assertNull(reader.next());
      assertTrue(System.nanoTime() - begun < Duration.ofSeconds(3).toNanos());
    }
  }

  @Test
  void whoDoesNotReadHoldsNothingAndIsDropped() throws Exception {
    TestBox.Login login = box.login();
    try (Socket slow =
        box.raw(
            "GET "
                + PATH
                + " HTTP/1.1\r\nHost: localhost\r\nCookie: "
                + login.cookie()
                + "\r\n\r\n")) {
      slow.setReceiveBufferSize(4096);
      await().until(() -> box.feed.readers() == 1);
      // More than the system takes for him.
      for (int i = 0; i < 100; i++) {
        box.feed.write("info", "x", "x".repeat(1 << 20), null);
      }
      await().atMost(Duration.ofSeconds(30)).until(() -> box.held() == 0);
    }
  }

  @Test
  void readersAreCounted() throws Exception {
    List<Reader> readers = new ArrayList<>();
    TestBox.Login login = box.login();
    for (int i = 0; i < LogStreamRoute.MAX_STREAMS; i++) {
      readers.add(new Reader(login, null));
    }
    HttpResponse<String> refused = box.send(login.in(box.request(PATH)));
    assertEquals(503, refused.statusCode());
    assertTrue(refused.body().contains("close other pages"), refused.body());
    for (Reader reader : readers) {
      reader.close();
    }
    box.awaitHeld(0);
    new Reader(login, null).close();
  }

  private record Message(String event, String id, JsonNode data) {}

  /** A page that reads along, once it is connected. */
  private final class Reader implements AutoCloseable {
    private final BufferedReader lines;

    Reader(String last) throws Exception {
      this(box.login(), last);
    }

    Reader(TestBox.Login login, String last) throws Exception {
      HttpRequest.Builder request = login.in(box.request(PATH));
      if (last != null) {
        request.header("Last-Event-ID", last);
      }
      var response = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream());
      assertEquals(200, response.statusCode());
      assertEquals(
          "text/event-stream;charset=utf-8", response.headers().firstValue("Content-Type").get());
      lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
      assertEquals(": here", lines.readLine());
    }

    /** The next message; {@code null} at the end. */
    Message next() throws IOException {
      String event = "message";
      String id = null;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          event = line.substring(7);
        } else if (line.startsWith("data: ")) {
          return new Message(event, id, box.json(line.substring(6)));
        }
      }
      return null;
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
