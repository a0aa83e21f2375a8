package iotbox.box.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.http.limit.Bounds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that are too many or ask for nothing. */
class ConnectionsTest {
  private static final int MOST = 40;
  private static final int MOST_OF_ONE = 10;
  private static final int MOST_HELD = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final String HELLO = "GET /hw_proxy/hello HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final char[] PASSWORD = "a".toCharArray();

  private final List<Socket> open = new ArrayList<>();
  private TestBox box;

  @BeforeEach
  void start() throws Exception {
    Bounds bounds = new Bounds(MOST, MOST_OF_ONE, MOST_HELD, 64 << 20, PATIENCE);
    box = new TestBox(Path.of("/nonexistent.log"), Duration.ofSeconds(4), bounds);
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket each : open) {
      each.close();
    }
    box.close();
  }

  @Test
  void oneAddressCannotHaveThemAll() throws Exception {
    for (int i = 0; i < MOST_OF_ONE; i++) {
      assertTrue(saysHello(connect("127.0.0.2")), "connection " + i);
    }
    assertFalse(saysHello(connect("127.0.0.2")));
    assertTrue(saysHello(connect("127.0.0.3")), "another address may");
    open.get(3).close();
    await().until(() -> saysHello(connect("127.0.0.2")));
  }

  @Test
  void theMachineItselfMayHaveMoreButNotMoreThanThereAre() throws Exception {
    for (int i = 0; i < MOST; i++) {
      assertTrue(saysHello(connect("127.0.0.1")), "connection " + i);
    }
    assertFalse(saysHello(connect("127.0.0.1")));
    assertTrue(saysHello(open.get(0)), "who is connected stays so");
    for (int i = 0; i < 5; i++) {
      open.get(i).close();
    }
    await().until(() -> saysHello(connect("127.0.0.1")));
  }

  @Test
  void whoSaysNothingIsDisconnected() throws Exception {
    assertEnds(connect("127.0.0.1"));
  }

  @Test
  void aHeadThatComesInDropsIsNotWaitedFor() throws Exception {
    Socket first = connect("127.0.0.1");
    Socket later = connect("127.0.0.1");
    assertTrue(saysHello(later));
    send(first, "GET / HTTP/1.1\r\n");
    send(later, "GET / HTTP/1.1\r\n");
    drip(first);
    drip(later);
  }

  @Test
  void aHandshakeThatNeverEndsIsNotWaitedFor() throws Exception {
    HeldCertificate own =
        new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry(
        "own", own.keyPair().getPrivate(), PASSWORD, new Certificate[] {own.certificate()});
    int port = box.serveHttps(0, keys, PASSWORD).port();
    Socket silent = connect("127.0.0.1", port);
    Socket begun = connect("127.0.0.1", port);
    begun.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1, 0, 1});
    assertEnds(silent);
    assertEnds(begun);
  }

  @Test
  void whoIsIdleStaysUnlessOthersNeedTheRoom() throws Exception {
    Socket idle = connect("127.0.0.1");
    assertTrue(saysHello(idle));
    Thread.sleep(PATIENCE.multipliedBy(2).toMillis());
    assertTrue(saysHello(idle), "there is room enough");
    List<Socket> busy = new ArrayList<>();
    for (int i = 0; i < MOST - 5; i++) {
      busy.add(connect("127.0.0.1"));
      assertTrue(saysHello(busy.get(i)));
    }
    assertEnds(idle);
  }

  @Test
  void aRequestAfterALongRestHasItsTimeToCome() throws Exception {
    Socket rested = connect("127.0.0.1");
    assertTrue(saysHello(rested));
    Thread.sleep(PATIENCE.multipliedBy(2).toMillis()); // The rest itself, of which nothing is seen.
    send(rested, HELLO.substring(0, 10));
    Thread.sleep(PATIENCE.dividedBy(2).toMillis()); // It is looked at meanwhile.
    send(rested, HELLO.substring(10));
    assertTrue(line(rested).startsWith("HTTP/1.1 200 "));
  }

  @Test
  void whoRestsAfterABodyInPiecesStays() throws Exception {
    String request =
        "POST /hw_proxy/handshake HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: 13\r\n\r\n{\"params\":{}}";
    Socket rested = connect("127.0.0.1");
    send(rested, request.substring(0, request.length() - 5));
    Thread.sleep(PATIENCE.dividedBy(2).toMillis()); // It is looked at meanwhile.
    send(rested, request.substring(request.length() - 5));
    assertTrue(line(rested).startsWith("HTTP/1.1 200 "));
    Thread.sleep(PATIENCE.multipliedBy(2).toMillis()); // The rest itself, of which nothing is seen.
    assertTrue(saysHello(rested));
  }

  @Test
  void whoWaitsForAnEventIsNotIdle() throws Exception {
    box.plug("dev1", "device");
    Socket waiting = connect("127.0.0.1");
    send(waiting, poll());
    box.awaitHeld(1);
    for (int i = 0; i < MOST - 5; i++) {
      assertTrue(saysHello(connect("127.0.0.1")));
    }
    assertEnds(open.get(5));
    String answer = line(waiting);
    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
  }

  @Test
  void noMoreRequestsAreHeldThanMay() throws Exception {
    box.plug("dev1", "device");
    for (int i = 0; i < MOST_HELD; i++) {
      send(connect("127.0.0.1"), poll());
    }
    box.awaitHeld(MOST_HELD);
    Socket oneMore = connect("127.0.0.1");
    send(oneMore, poll().replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
    String answer = new String(oneMore.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
    assertTrue(answer.contains("Retry-After: 1\r\n"), answer);
    assertTrue(answer.contains("already holds 5 requests"), answer);
    assertEquals("ping", box.get("/hw_proxy/hello").body());
    open.get(0).close();
    box.awaitHeld(MOST_HELD - 1);
    send(connect("127.0.0.1"), poll());
    box.awaitHeld(MOST_HELD);
  }

  private static String poll() {
    String body =
        "{\"params\":{\"listener\":{\"session_id\":\"s\",\"devices\":[\"dev1\"],\"last_event\":0}}}";
    return "POST /hw_drivers/event HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private Socket connect(String from) throws IOException {
    return connect(from, box.port());
  }

  private Socket connect(String from, int port) throws IOException {
    Socket client =
        new Socket(InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(from), 0);
    client.setSoTimeout(15_000);
    open.add(client);
    return client;
  }

  private static void send(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Whether it is answered; a connection that was refused is closed or reset. */
  private static boolean saysHello(Socket client) {
    try {
      send(client, HELLO);
      byte[] answer = new byte[8192];
      String text = "";
      while (!text.endsWith("ping")) {
        int count = client.getInputStream().read(answer);
        if (count < 0) {
          return false;
        }
        text += new String(answer, 0, count, StandardCharsets.US_ASCII);
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String line(Socket client) throws IOException {
    byte[] begin = client.getInputStream().readNBytes(16);
    return new String(begin, StandardCharsets.US_ASCII);
  }

  /** Sends one byte after another until it is disconnected. */
  private static void drip(Socket client) {
    await()
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              try {
                send(client, "X");
                client.setSoTimeout(1);
                return client.getInputStream().read() < 0;
              } catch (SocketTimeoutException e) {
                return false;
              } catch (IOException e) {
                return true;
              }
            });
  }

  private static void assertEnds(Socket client) throws IOException {
    try {
      client.getInputStream().readAllBytes(); // TLS says goodbye first.
    } catch (SocketTimeoutException e) {
      throw new AssertionError("still connected", e);
    } catch (IOException e) {
      return; // Reset, which is an end too.
    }
  }
}
