package iotbox.box.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.http.limit.Bounds;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies that are long, slow, broken or many, sent by bare sockets. */
class BodiesTest {
  private static final int MEMORY = 4 << 20;
  private static final String HEAD =
      "POST /hw_proxy/handshake HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

  private final List<Socket> open = new ArrayList<>();
  private TestBox box;

  @BeforeEach
  void start() throws Exception {
    Bounds bounds = new Bounds(1_000, 500, 900, MEMORY, Duration.ofMillis(700));
    box = new TestBox(Path.of("/nonexistent.log"), Duration.ofMillis(300), bounds);
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket each : open) {
      each.close();
    }
    box.close();
  }

  @Test
  void aBodyThatComesInPiecesIsRead() throws Exception {
    Socket client = raw(HEAD + "Connection: close\r\nContent-Length: 23\r\n\r\n");
    for (String piece : List.of("{\"id\"", ":\"é", "\",\"param", "s\":{}")) {
      client.getOutputStream().write(piece.getBytes(StandardCharsets.UTF_8));
      client.getOutputStream().flush();
    }
    client.getOutputStream().write("}".getBytes(StandardCharsets.UTF_8));
    assertTrue(rest(client).endsWith("{\"jsonrpc\":\"2.0\",\"id\":\"é\",\"result\":true}"));
  }

  @Test
  void aChunkedBodyIsRead() throws Exception {
    String answer =
        box.exchange(
            HEAD
                + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3\r\n{\"i\r\n6;x=y\r\nd\": 5}\r\n0\r\nTrailer: x\r\n\r\n");
    assertTrue(answer.endsWith("\"id\":5,\"result\":true}"), answer);
  }

  @Test
  void whoIsToldToContinueContinues() throws Exception {
    Socket client =
        raw(HEAD + "Connection: close\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    byte[] begin = client.getInputStream().readNBytes("HTTP/1.1 100".length());
    assertEquals("HTTP/1.1 100", new String(begin, StandardCharsets.US_ASCII));
    client.getOutputStream().write("{}".getBytes(StandardCharsets.US_ASCII));
    assertTrue(rest(client).endsWith("\"result\":true}"));
  }

  @Test
  void aBodyThatIsAnnouncedTooLongIsNotWaitedFor() throws Exception {
    String answer = box.exchange(HEAD + "Content-Length: 26214401\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
    assertTrue(answer.contains("The body is longer than the 25 MB that are accepted.\n"), answer);
  }

  @Test
  void aBodyThatStopsIsRefused() throws Exception {
    String answer = box.exchange(HEAD + "Content-Length: 100\r\n\r\n{\"par");
    assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
    assertTrue(answer.contains("The body came too slowly"), answer);
    await().until(() -> box.bodyMemory() == 0);
  }

  @Test
  void aBodyThatTricklesIsRefused() throws Exception {
    Socket client = raw(HEAD + "Content-Length: 100000\r\n\r\n");
    await()
        .atMost(10, SECONDS)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              client.getOutputStream().write(' '); // Never silent for long.
              return client.getInputStream().available() > 0;
            });
    assertTrue(rest(client).startsWith("HTTP/1.1 408 "));
  }

  @Test
  void aBodyThatBreaksOffIsForgotten() throws Exception {
    for (int i = 0; i < 10; i++) {
      Socket client = raw(HEAD + "Content-Length: 100000\r\n\r\n" + " ".repeat(50_000));
      await().until(() -> box.bodyMemory() > 0);
      client.close();
      await().until(() -> box.bodyMemory() == 0);
    }
    box.awaitHeld(0);
  }

  @Test
  void badChunksAreRefused() throws Exception {
    for (String chunks :
        List.of(
            "zz\r\n{}\r\n0\r\n\r\n",
            "-1\r\n{}\r\n",
            "2\r\n{}x\r\n0\r\n\r\n",
            "fffffffffffffffff\r\n")) {
      String answer = box.exchange(HEAD + "Transfer-Encoding: chunked\r\n\r\n" + chunks);
      assertTrue(answer.startsWith("HTTP/1.1 400 "), chunks + "\n" + answer);
      await().until(() -> box.bodyMemory() == 0);
    }
    box.awaitHeld(0);
  }

  /** More threads than there are would be needed if each waited for one of them. */
  @Test
  void slowBodiesKeepNobodyWaiting() throws Exception {
    for (int i = 0; i < 200; i++) {
      raw(HEAD + "Content-Length: 1000\r\n\r\n{");
    }
    for (int i = 0; i < 5; i++) {
      assertEquals("ping", box.get("/hw_proxy/hello").body());
    }
    assertEquals(200, open.stream().filter(BodiesTest::isRefusedForSlowness).count());
    await().until(() -> box.bodyMemory() == 0);
  }

  @Test
  void bodiesThatNeedMoreMemoryThanThereIsAreRefusedForNow() throws Exception {
    Socket first = raw(HEAD + "Connection: close\r\nContent-Length: 3000000\r\n\r\n");
    OutputStream slow = first.getOutputStream();
    slow.write(("{\"x\":\"" + "x".repeat(2_999_000)).getBytes(StandardCharsets.US_ASCII));
    await().until(() -> box.bodyMemory() > 2_900_000);

    String refused = box.exchange(HEAD + "Content-Length: 2000000\r\n\r\n");
    assertTrue(refused.startsWith("HTTP/1.1 503 "), refused);
    assertTrue(refused.contains("Retry-After: 1\r\n"), refused);
    assertTrue(refused.contains("send this again in a moment"), refused);
    // Small ones are not affected.
    assertEquals(200, box.post("/hw_proxy/handshake", "{}").statusCode());

    slow.write(("y".repeat(3_000_000 - 2_999_000 - 8) + "\"}").getBytes(StandardCharsets.US_ASCII));
    assertTrue(rest(first).endsWith("\"result\":true}"));
    await().until(() -> box.bodyMemory() == 0);
    String taken = HEAD + "Connection: close\r\nContent-Length: 2000000\r\n\r\n";
    assertTrue(box.exchange(taken + " ".repeat(1_999_998) + "{}").endsWith("\"result\":true}"));
  }

  @Test
  void whatJsonMakesOfASmallBodyCountsToo() throws Exception {
    String many = "{\"params\":{\"x\":[" + "0,".repeat(99_000) + "0]}}"; // 200 KB.
    String answer =
        box.exchange(
            HEAD + "Connection: close\r\nContent-Length: " + many.length() + "\r\n\r\n" + many);
    assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
    await().until(() -> box.bodyMemory() == 0);
  }

  @Test
  void whatAnActionCarriesCountsUntilItIsDone() throws Exception {
    CountDownLatch until = new CountDownLatch(1);
    box.plug("dev1", Map.of("until", until));
    await().until(() -> box.devices.isOpen("dev1"));
    String data = "x".repeat(500_000);
    box.call("/hw_drivers/action", action("wait", data));
    await().until(() -> box.bodyMemory() >= 500_000);
    box.call("/hw_drivers/action", action("show", data));
    assertTrue(box.bodyMemory() >= 1_000_000, "queued behind the first");
    until.countDown();
    await().until(() -> box.bodyMemory() == 0);
  }

  /** Signatures of megabytes, say, that somebody sends by the dozen, and that are all wrong. */
  @Test
  void largeBodiesKeepOneThreadAtTheMost() throws Exception {
    CountDownLatch until = new CountDownLatch(1);
    AtomicInteger looked = new AtomicInteger();
    box.odoo.requestKey = new SecretKeySpec(new byte[] {1}, "HmacSHA256");
    box.odoo.beforeKey =
        () -> {
          looked.incrementAndGet();
          awaitQuietly(until);
        };
    int threads = 32;
    String body = action("show", "x".repeat(70_000));
    List<Socket> large = new ArrayList<>();
    for (int i = 0; i < threads + 4; i++) {
      large.add(raw(signed("/hw_drivers/action", body)));
    }
    await().until(() -> box.bodyMemory() >= (threads + 4) * 70_000L && looked.get() == 1);

    for (int i = 0; i < 5; i++) {
      assertEquals("ping", box.get("/hw_proxy/hello").body());
    }
    assertEquals(1, looked.get());

    until.countDown();
    for (Socket each : large) {
      String answer = rest(each);
      assertTrue(answer.contains("The signature of this request is wrong"), answer);
    }
    assertEquals(threads + 4, looked.get());
    await().until(() -> box.bodyMemory() == 0);
  }

  private static String signed(String path, String body) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n"
        + "Authorization: "
        + "0".repeat(64)
        + "\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String action(String action, String data) {
    return "{\"params\":{\"session_id\":\"s\",\"device_identifier\":\"dev1\",\"data\":{\"action\":\""
        + action
        + "\",\"value\":\""
        + data
        + "\"}}}";
  }

  private static boolean isRefusedForSlowness(Socket client) {
    try {
      return rest(client).startsWith("HTTP/1.1 408 ");
    } catch (IOException e) {
      return false;
    }
  }

  private Socket raw(String text) throws IOException {
    Socket client = box.raw(text);
    open.add(client);
    return client;
  }

  private static String rest(Socket client) throws IOException {
    return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
