package iotbox.box.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.http.limit.Bounds;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that ask and do not read what is answered. */
class SlowReadersTest {
  /** More than the system takes for a client that does not read. */
  private static final int LONG = 4 << 20;

  private static final int MORE_THAN_THREADS = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final int EVENT = 1 << 20;
  private static final long MEMORY = 120L << 20;

  @TempDir private Path folder;
  private final List<Socket> open = new ArrayList<>();
  private byte[] log;
  private TestBox box;

  @BeforeEach
  void start() throws Exception {
    log = new byte[LONG];
    new Random(1).nextBytes(log);
    Path file = Files.write(folder.resolve("iotbox.log"), log);
    box = new TestBox(file, PATIENCE, new Bounds(1_000, 500, 900, MEMORY, PATIENCE));
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket each : open) {
      each.close();
    }
    box.close();
  }

  @Test
  void theLogComesWhole() throws Exception {
    byte[] read =
        java.net.http.HttpClient.newHttpClient()
            .send(
                box.login().in(box.request("/hw_drivers/download_logs")).build(),
                BodyHandlers.ofByteArray())
            .body();
    assertArrayEquals(log, read);
  }

  @Test
  void downloadsThatNobodyReadsKeepNobodyWaitingAndEnd() throws Exception {
    String cookie = box.login().cookie();
    for (int i = 0; i < MORE_THAN_THREADS; i++) {
      ask(
          "GET /hw_drivers/download_logs HTTP/1.1\r\nHost: localhost\r\nCookie: "
              + cookie
              + "\r\n\r\n");
    }
    assertTheBoxAnswersMeanwhile();
    box.awaitHeld(0);
    assertTrue(bytesOf(open.get(0)) < LONG, "cut short");
  }

  @Test
  void aLongEventThatNobodyReadsKeepsNobodyWaiting() throws Exception {
    poll(MORE_THAN_THREADS);
    show("x".repeat(EVENT));
    assertTheBoxAnswersMeanwhile();
    box.awaitHeld(0);
  }

  @Test
  void requestsSentAheadWithoutReadingAnswersKeepNobodyWaiting() throws Exception {
    byte[] many =
        "GET /homepage/style.css HTTP/1.1\r\nHost: localhost\r\n\r\n"
            .repeat(2_000)
            .getBytes(StandardCharsets.US_ASCII);
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < MORE_THAN_THREADS; i++) {
      Socket client = ask("");
      Thread sender =
          new Thread(
              () -> {
                try {
                  client.getOutputStream().write(many);
                } catch (IOException e) {
                  return; // Disconnected, as is hoped for.
                }
              });
      sender.start();
      senders.add(sender);
    }
    assertTheBoxAnswersMeanwhile();
    for (Thread each : senders) {
      each.join(20_000);
      assertTrue(!each.isAlive(), "disconnected");
    }
    box.awaitHeld(0);
  }

  /** While all the others, for whom there are not threads enough, are still held. */
  private void assertTheBoxAnswersMeanwhile() {
    await().until(() -> box.held() >= MORE_THAN_THREADS);
    for (int i = 0; i < 5; i++) {
      assertEquals("ping", box.get("/hw_proxy/hello").body());
      // None had to be disconnected for that; those that sent ahead may be between two requests.
      await().until(() -> box.held() >= MORE_THAN_THREADS);
    }
  }

  private void poll(int count) throws IOException {
    box.plug("dev1", "device");
    String body =
        "{\"params\":{\"listener\":{\"session_id\":\"s\",\"devices\":[\"dev1\"],\"last_event\":0}}}";
    for (int i = 0; i < count; i++) {
      ask(
          "POST /hw_drivers/event HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Content-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
    }
    box.awaitHeld(count);
  }

  private void show(String value) {
    box.call(
        "/hw_drivers/action",
        "{\"params\":{\"session_id\":\"s\",\"device_identifier\":\"dev1\","
            + "\"data\":{\"action\":\"show\",\"value\":\""
            + value
            + "\"}}}");
  }

  /** From a client with little room for what comes. */
  private Socket ask(String text) throws IOException {
    Socket client = new Socket();
    open.add(client);
    client.setReceiveBufferSize(8 << 10);
    client.connect(new InetSocketAddress("127.0.0.1", box.port()));
    client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    return client;
  }

  private static long bytesOf(Socket client) {
    long count = 0;
    try {
      byte[] buffer = new byte[64 << 10];
      for (int n; (n = client.getInputStream().read(buffer)) >= 0; count += n) {}
    } catch (IOException e) {
      return count; // Reset: what follows is not there.
    }
    return count;
  }
}
