package iotbox.box.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.http.message.Streams;
import iotbox.box.http.wire.StreamRoute;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Server-sent events, on the wire. */
class StreamRouteTest {
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
  void everyEventComesOnceAndInOrder() throws Exception {
    try (Stream stream = new Stream("/api/events", "")) {
      assertTrue(stream.head.startsWith("HTTP/1.1 200"), stream.head);
      assertTrue(stream.head.contains("Content-Type: text/event-stream"), stream.head);
      assertFalse(stream.head.contains("Access-Control-Allow-Origin"), stream.head);
      for (int i = 0; i < 500; i++) {
        publish("dev" + i % 3, i);
      }
      double last = 0;
      for (int i = 0; i < 500; i++) {
        Message message = stream.next();
        assertEquals(i, message.data.get("value").asInt());
        assertEquals("dev" + i % 3, message.data.get("device_identifier").asText());
        assertEquals("box-1", message.data.get("iot_box_identifier").asText());
        assertTrue(message.data.get("time").asDouble() > last);
        last = message.data.get("time").asDouble();
      }
    }
  }

  @Test
  void anActionsArgumentsAreNotForEverybody() throws Exception {
    box.plug("dev1", "device");
    try (Stream stream = new Stream("/api/events", "")) {
      box.call(
          "/hw_drivers/action",
          "{\"params\":{\"session_id\":\"tab1\",\"device_identifier\":\"dev1\","
              + "\"data\":{\"action\":\"show\",\"value\":\"line\\nbreak\"}}}");
      JsonNode data = stream.next().data;
      assertEquals("line\nbreak", data.get("value").asText());
      assertEquals("tab1", data.get("owner").asText());
      assertFalse(data.has("action_args"));
    }
  }

  @Test
  void devicesAndTypesMayBeNamed() throws Exception {
    try (Stream stream = new Stream("/api/events?device=dev1&device=scanner", "")) {
      publish("dev2", 1);
      publish("dev1", 2);
      box.events.publish("s", "scanner", null, Map.of("value", 3));

      assertEquals(2, stream.next().data.get("value").asInt());
      JsonNode scan = stream.next().data;
      assertEquals(3, scan.get("value").asInt());
      assertEquals("scanner", scan.get("device_identifier").asText());
    }
  }

  @Test
  void aClientThatComesBackGoesOnWhereItWas() throws Exception {
    String last;
    try (Stream stream = new Stream("/api/events", "")) {
      publish("dev1", 1);
      last = stream.next().id;
    }
    publish("dev1", 2);
    publish("dev1", 3);
    try (Stream stream = new Stream("/api/events", "Last-Event-ID: " + last + "\r\n")) {
      assertEquals(2, stream.next().data.get("value").asInt());
      assertEquals(3, stream.next().data.get("value").asInt());
    }
  }

  @Test
  void whoComesNewDoesNotGetWhatIsOver() throws Exception {
    publish("dev1", 1);
    try (Stream stream = new Stream("/api/events", "")) {
      publish("dev1", 2);
      assertEquals(2, stream.next().data.get("value").asInt());
    }
  }

  @Test
  void clientsThatGoAwayAreForgotten() throws Exception {
    List<Stream> streams = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      streams.add(new Stream("/api/events", ""));
    }
    box.awaitHeld(50);
    for (Stream stream : streams) {
      stream.close();
    }
    box.awaitHeld(0);
  }

  @Test
  void aClientThatDoesNotReadIsDroppedAndKeepsNobodyWaiting() throws Exception {
    try (Socket slow = new Socket()) {
      slow.setReceiveBufferSize(4096);
      slow.connect(new InetSocketAddress("127.0.0.1", box.port()));
      slow.getOutputStream().write(request("/api/events", "").getBytes(StandardCharsets.US_ASCII));
      box.awaitHeld(1);
      try (Stream quick = new Stream("/api/events", "")) {
        box.awaitHeld(2);
        // More than any socket takes by itself.
        for (int i = 0; i < 40; i++) {
          box.events.publish("camera", "camera", null, Map.of("value", "x".repeat(1 << 20)));
          assertEquals(1 << 20, quick.next().data.get("value").asText().length());
        }
        await().atMost(Streams.SLOW.multipliedBy(3)).untilAsserted(() -> box.awaitHeld(1));
        publish("dev1", 2);
        assertEquals(2, quick.next().data.get("value").asInt());
      }
    }
  }

  @Test
  void aBoxThatStopsEndsItsStreams() throws Exception {
    TestBox stopping = new TestBox(Path.of("/nonexistent.log"), Duration.ofSeconds(15));
    try (Stream stream = new Stream(stopping, "/api/events", "")) {
      stopping.awaitHeld(1);
      long begun = System.nanoTime();
      stopping.close();
      assertNull(stream.next());
      assertTrue(System.nanoTime() - begun < Duration.ofSeconds(3).toNanos());
    }
  }

  @Test
  void streamsAreLimited() throws Exception {
    List<Stream> streams = new ArrayList<>();
    for (int i = 0; i < StreamRoute.MAX_STREAMS; i++) {
      streams.add(new Stream("/api/events", ""));
    }
    HttpResponse<String> refused = box.get("/api/events");
    assertEquals(503, refused.statusCode());
    assertEquals(
        "The box already streams its events 1000 times; close other pages.\n", refused.body());

    streams.remove(0).close();
    box.awaitHeld(StreamRoute.MAX_STREAMS - 1);
    streams.add(new Stream("/api/events", ""));
    assertTrue(streams.get(streams.size() - 1).head.startsWith("HTTP/1.1 200"));
    for (Stream stream : streams) {
      stream.close();
    }
  }

  @Test
  void pagesOfOtherHostsAreRefused() throws Exception {
    String answer =
        box.exchange(
            "GET /api/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Origin: https://evil.example\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 403"), answer);
    assertTrue(answer.contains("Pages of https://evil.example may not use"), answer);
    try (Stream own = new Stream("/api/events", "Origin: http://localhost\r\n")) {
      assertTrue(own.head.startsWith("HTTP/1.1 200"), own.head);
    }
  }

  @Test
  void anIdThatIsNoTimeIsExplained() throws Exception {
    String answer =
        box.exchange(
            "GET /api/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Last-Event-ID: yesterday\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
    assertTrue(answer.endsWith("such as 1795312262.000041.\n"), answer);
  }

  private void publish(String device, int value) {
    box.events.publish(device, "scale", null, Map.of("value", value));
  }

  private static String request(String path, String headers) {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
  }

  private record Message(String id, JsonNode data) {}

  /** A client of the stream, once it is connected. */
  private final class Stream implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader lines;
    final String head;

    Stream(String path, String headers) throws IOException {
      this(box, path, headers);
    }

    Stream(TestBox server, String path, String headers) throws IOException {
      socket = server.raw(request(path, headers));
      InputStream in = socket.getInputStream();
      StringBuilder all = new StringBuilder();
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        all.append(line).append('\n');
      }
      head = all.toString();
      lines = new BufferedReader(new InputStreamReader(new Chunks(in), StandardCharsets.UTF_8));
      String line = lines.readLine();
      while (line != null && !line.startsWith(":")) {
        line = lines.readLine();
      }
    }

    /** The next message; {@code null} at the end. */
    Message next() throws IOException {
      String id = null;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("data: ")) {
          return new Message(id, box.json(line.substring(6)));
        }
      }
      return null;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** A line of the protocol, without its end. */
  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int each = in.read(); each >= 0 && each != '\n'; each = in.read()) {
      line.append((char) each);
    }
    return line.toString().strip();
  }

  /** What is in the chunks of an answer. */
  private static final class Chunks extends InputStream {
    private final InputStream in;
    private int left;

    Chunks(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (left == 0) {
        String size = line(in);
        if (size.isEmpty()) {
          size = line(in); // The end of the chunk before may come with the next one.
        }
        left = size.isEmpty() ? 0 : Integer.parseInt(size, 16);
        if (left == 0) {
          return -1; // The end of the answer or of the connection.
        }
      }
      int count = in.read(buffer, offset, Math.min(length, left));
      left -= Math.max(0, count);
      return count;
    }
  }
}
