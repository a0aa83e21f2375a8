package iotbox.box.odoo.wire;

import static iotbox.box.odoo.FakeOdoo.SETUP;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.json.Json;
import iotbox.box.odoo.FakeOdoo;
import iotbox.box.odoo.FakeOdoo.Call;
import iotbox.box.odoo.FakeOdoo.Reply;
import iotbox.box.odoo.FaultyNetwork;
import iotbox.box.odoo.SelfSignedServer;
import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.odoo.wire.OdooException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OdooServerTest {
  private final FakeOdoo odoo = new FakeOdoo();
  private final OdooClient client = new OdooClient(Duration.ofSeconds(5));
  private final OdooServer server = client.server(odoo.pairing());

  @AfterEach
  void end() {
    server.close();
    client.close();
    odoo.close();
  }

  @Test
  void sendsOdoosJsonRpc() throws Exception {
    assertEquals("iot_channel-1", server.json(SETUP, Map.of("a", 1)).asText());
    Call call = odoo.calls.get(0);
    assertEquals("POST", call.method());
    assertEquals("application/json", call.header("Content-Type"));
    assertEquals("OdooIoTBox/1.0", call.header("User-Agent"));
    assertNull(call.header("X-Odoo-Database"));
    assertEquals(
        Json.MAPPER.readTree("{\"jsonrpc\":\"2.0\",\"method\":\"call\",\"params\":{\"a\":1}}"),
        call.json());
    server.json(SETUP, Map.of());
    assertEquals(
        Json.MAPPER.readTree("{\"jsonrpc\":\"2.0\",\"method\":\"call\",\"params\":{}}"),
        odoo.calls.get(1).json());
  }

  @Test
  void namesTheDatabaseIfThePairingDoes() throws Exception {
    Pairing pairing = new Pairing(odoo.url(), "t", null, null, "shop");
    client.server(pairing).json(SETUP, Map.of());
    assertEquals("shop", odoo.calls.get(0).header("X-Odoo-Database"));
  }

  @Test
  void sendsForms() throws Exception {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("identifier", "a b&c=ä");
    fields.put("auto", "True");
    server.form("/x", fields, Map.of("If-None-Match", "abc"));
    Call call = odoo.calls.get(0);
    assertEquals("application/x-www-form-urlencoded", call.header("Content-Type"));
    assertEquals("identifier=a+b%26c%3D%C3%A4&auto=True", call.body());
    assertEquals("abc", call.header("If-None-Match"));
  }

  @Test
  void takesAMissingResultAsNull() throws Exception {
    for (String body : List.of("{\"jsonrpc\":\"2.0\",\"id\":null}", "{\"result\":null}")) {
      odoo.on(SETUP, call -> FakeOdoo.json(body));
      assertTrue(server.json(SETUP, Map.of()).isNull(), body);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"error\":{\"code\":200,\"message\":\"Odoo Server Error\",\"data\":{\"name\":\"x\",\"message\":\"No\\nsuch box\"}}};answered an error: No such box",
        "{\"error\":{\"message\":\"Odoo Session Expired\"}};answered an error: Odoo Session Expired",
        "{\"error\":\"plain\"};answered an error: plain",
        "{\"error\":{}};answered an error: no reason given",
        "{};JSON that is not Odoo's",
        "[];JSON that is not Odoo's",
        "5;JSON that is not Odoo's",
        "<html>x</html>;a web page instead of JSON",
        "{\"result\":;not JSON",
        "{\"result\":1} {};not JSON",
        "hello;not JSON",
        "'';nothing where JSON was expected",
      })
  void saysWhatIsWrongWithAnAnswer(String body, String reason) {
    odoo.on(SETUP, call -> FakeOdoo.text(200, "", body));
    OdooException refused = assertThrows(OdooException.class, () -> server.json(SETUP, Map.of()));
    Kind kind = reason.contains("answered an error") ? Kind.REFUSED : Kind.BAD_ANSWER;
    assertEquals(kind, refused.kind());
    assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    assertTrue(refused.getMessage().contains(odoo.url() + SETUP), refused.getMessage());
  }

  @Test
  void quotesALongErrorInPart() {
    String body = "{\"error\":{\"message\":\"" + "x".repeat(5000) + "\"}}";
    odoo.on(SETUP, call -> FakeOdoo.json(body));
    OdooException refused = assertThrows(OdooException.class, () -> server.json(SETUP, Map.of()));
    assertTrue(refused.getMessage().length() < 300, refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "404, REFUSED, is the IoT app installed",
    "500, BAD_ANSWER, HTTP 500",
    "502, NO_ANSWER, not running behind its proxy",
    "503, NO_ANSWER, not running behind its proxy",
    "504, NO_ANSWER, not running behind its proxy",
  })
  void saysWhatAnHttpErrorMeans(int status, Kind kind, String reason) {
    odoo.on(SETUP, call -> FakeOdoo.html(status));
    OdooException refused = assertThrows(OdooException.class, () -> server.json(SETUP, Map.of()));
    assertEquals(kind, refused.kind());
    assertTrue(refused.getMessage().contains(reason), refused.getMessage());
  }

  @Test
  void readsTheTagWithoutItsQuotes() throws Exception {
    for (String tag : List.of("\"abc\"", "W/\"abc\"", "abc")) {
      odoo.on("/x", call -> new Reply(200, new byte[1]).with("ETag", tag));
      assertEquals("abc", server.form("/x", Map.of(), Map.of()).etag());
    }
    odoo.on("/x", call -> new Reply(200, new byte[1]).with("ETag", "\"\""));
    assertNull(server.form("/x", Map.of(), Map.of()).etag());
  }

  @Test
  void refusesAnAnswerThatIsTooLarge() {
    byte[] large =
        ("{\"result\":\"" + "x".repeat(2 << 20) + "\"}").getBytes(StandardCharsets.UTF_8);
    odoo.on(SETUP, call -> new Reply(200, large));
    OdooException refused = assertThrows(OdooException.class, () -> server.json(SETUP, Map.of()));
    assertTrue(refused.getMessage().contains("more than 1048576 bytes"), refused.getMessage());
  }

  @Test
  void saysThatAnAnswerBrokeOff() {
    odoo.on(SETUP, call -> FakeOdoo.json("{\"result\":").promising(1000));
    OdooException refused = assertThrows(OdooException.class, () -> server.json(SETUP, Map.of()));
    assertEquals(Kind.NO_ANSWER, refused.kind());
    assertTrue(refused.getMessage().contains("broke off"), refused.getMessage());
  }

  @Test
  void saysThatNobodyListens() {
    odoo.close();
    OdooException refused = assertThrows(OdooException.class, () -> server.json(SETUP, Map.of()));
    assertEquals(Kind.NO_CONNECTION, refused.kind());
    assertTrue(refused.getMessage().contains("accepts no connection"), refused.getMessage());
  }

  @Test
  void saysThatANameCannotBeFound() {
    OdooServer nowhere =
        client.server(new Pairing("http://nowhere.invalid", "xyzzy", null, null, null));
    OdooException refused = assertThrows(OdooException.class, () -> nowhere.json(SETUP, Map.of()));
    assertEquals(Kind.NO_CONNECTION, refused.kind());
    assertTrue(refused.getMessage().contains("nowhere.invalid"), refused.getMessage());
  }

  @Test
  void saysThatAServerDoesNotSpeakHttps() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread answering = new Thread(() -> answerPlainly(plain));
      answering.start();
      Pairing pairing =
          new Pairing("https://127.0.0.1:" + plain.getLocalPort(), "xyzzy", null, null, null);
      OdooException refused =
          assertThrows(OdooException.class, () -> client.server(pairing).json(SETUP, Map.of()));
      assertEquals(Kind.NO_CONNECTION, refused.kind());
      assertTrue(refused.getMessage().contains("agrees on no HTTPS"), refused.getMessage());
    }
  }

  @Test
  void doesNotTrustACertificateThatNobodySigned(@TempDir Path folder) throws Exception {
    try (SelfSignedServer https = new SelfSignedServer(folder)) {
      Pairing pairing = new Pairing(https.url(), "xyzzy", null, null, null);
      OdooException refused =
          assertThrows(OdooException.class, () -> client.server(pairing).json(SETUP, Map.of()));
      assertEquals(Kind.NO_CONNECTION, refused.kind());
      assertTrue(refused.getMessage().contains("is not trusted"), refused.getMessage());
      assertEquals(0, https.requests());
    }
  }

  @Test
  void doesNotWaitForAServerThatDrips() throws Exception {
    try (OdooClient hasty = new OdooClient(Duration.ofMillis(300));
        ServerSocket drip = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread dripping = new Thread(() -> drip(drip));
      dripping.start();
      OdooServer slow =
          hasty.server(
              new Pairing("http://127.0.0.1:" + drip.getLocalPort(), "t", null, null, null));
      long begun = System.nanoTime();
      OdooException refused = assertThrows(OdooException.class, () -> slow.json(SETUP, Map.of()));
      assertTrue(System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(3));
      assertEquals(Kind.NO_ANSWER, refused.kind());
      assertTrue(refused.getMessage().contains("did not answer in time"), refused.getMessage());
      slow.close();
      dripping.join();
    }
  }

  @Test
  void oneSilentConnectionIsEnoughToDistrustTheOthers() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    odoo.on(
        "/both",
        call -> {
          try {
            both.await(5, TimeUnit.SECONDS);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
          return FakeOdoo.json("{\"result\":1}");
        });
    try (OdooClient hasty = new OdooClient(Duration.ofSeconds(1));
        FaultyNetwork way = new FaultyNetwork(odoo.port())) {
      OdooServer there = hasty.server(new Pairing(way.url(), "xyzzy", null, null, null));
      FutureTask<Object> other = new FutureTask<>(() -> there.json("/both", Map.of()));
      new Thread(other).start();
      there.json("/both", Map.of());
      other.get();
      way.silenceWhatIsOpen(); // Two connections, which wait to be used again.

      assertThrows(OdooException.class, () -> there.json(SETUP, Map.of()));
      assertEquals("iot_channel-1", there.json(SETUP, Map.of()).asText());
    }
  }

  @Test
  void staysWithTheServerWhenItRedirects() {
    try (FakeOdoo other = new FakeOdoo()) {
      for (int status : new int[] {301, 302, 303, 307, 308}) {
        odoo.on(
            SETUP,
            call -> new Reply(status, new byte[0]).with("Location", other.url() + "/x?s=xyzzy"));
        OdooException refused =
            assertThrows(OdooException.class, () -> server.json(SETUP, Map.of()));
        assertTrue(refused.getMessage().contains("redirects to another server"));
        assertTrue(refused.getMessage().contains("pair the box with that address"));
        assertFalse(refused.getMessage().contains("xyzzy"), refused.getMessage());
      }
      assertEquals(List.of(), other.calls);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/web/database/selector", "/web/login?redirect=xyzzy"})
  void takesARedirectionToAPageForNoAnswer(String page) {
    odoo.on(SETUP, call -> new Reply(303, new byte[0]).with("Location", page));
    OdooException refused = assertThrows(OdooException.class, () -> server.json(SETUP, Map.of()));
    assertTrue(refused.getMessage().contains("to the page /web/"), refused.getMessage());
    assertFalse(refused.getMessage().contains("xyzzy"), refused.getMessage());
  }

  @Test
  void sendsTheSameCallAgainWhenTheServerWantsThat() throws Exception {
    odoo.on(
        SETUP,
        call ->
            odoo.calls.size() == 1
                ? new Reply(308, new byte[0]).with("Location", SETUP)
                : FakeOdoo.json("{\"result\":7}"));
    assertEquals(7, server.json(SETUP, Map.of("a", 1)).asInt());
    assertEquals(odoo.calls.get(0).body(), odoo.calls.get(1).body());
    assertEquals("POST", odoo.calls.get(1).method());
  }

  @Test
  void endsARingOfRedirections() {
    odoo.on(SETUP, call -> new Reply(307, new byte[0]).with("Location", SETUP));
    OdooException refused = assertThrows(OdooException.class, () -> server.json(SETUP, Map.of()));
    assertTrue(refused.getMessage().contains("again and again"), refused.getMessage());
    assertEquals(4, odoo.calls.size());
  }

  @Test
  void saysThatARedirectionLeadsNowhere() {
    odoo.on(SETUP, call -> new Reply(307, new byte[0]));
    OdooException refused = assertThrows(OdooException.class, () -> server.json(SETUP, Map.of()));
    assertTrue(refused.getMessage().contains("to nowhere"), refused.getMessage());
  }

  @Test
  void endsARunningCallWhenClosedAndStartsNoOther() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    odoo.on(SETUP, call -> FakeOdoo.held(never, FakeOdoo.json("{\"result\":1}")));
    FutureTask<OdooException> running =
        new FutureTask<>(
            () -> assertThrows(OdooException.class, () -> server.json(SETUP, Map.of())));
    new Thread(running).start();
    await().until(() -> odoo.calls.size() == 1);
    server.close();
    running.get(2, TimeUnit.SECONDS);
    never.countDown();
    OdooException parted = assertThrows(OdooException.class, () -> server.json(SETUP, Map.of()));
    assertTrue(parted.getMessage().contains("has parted from"), parted.getMessage());
    assertEquals(1, odoo.calls.size());
  }

  private static void answerPlainly(ServerSocket listening) {
    while (true) {
      try (Socket socket = listening.accept()) {
        socket
            .getOutputStream()
            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        socket.shutdownOutput();
        socket.getInputStream().readAllBytes();
      } catch (IOException e) {
        if (listening.isClosed()) {
          return;
        }
      }
    }
  }

  private static void drip(ServerSocket listening) {
    try (Socket socket = listening.accept()) {
      socket
          .getOutputStream()
          .write(
              "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{".getBytes(StandardCharsets.UTF_8));
      while (true) {
        socket.getOutputStream().write(' ');
        Thread.sleep(50);
      }
    } catch (IOException | InterruptedException e) {
      // The other side gave up, which is what the test is about.
    }
  }
}
