package iotbox.box.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.http.limit.Bounds;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpsDoorTest {
  private static final char[] PASSWORD = "a".toCharArray();
  private static final HeldCertificate FIRST = made();
  private static final HeldCertificate SECOND = made();

  private TestBox box;
  private HttpsDoor door;

  @BeforeEach
  void start() throws Exception {
    Bounds bounds = new Bounds(1_000, 500, 900, 64 << 20, Duration.ofSeconds(6));
    box = new TestBox(Path.of("/nonexistent.log"), Duration.ofSeconds(15), bounds);
    door = box.serveHttps(0, keys(FIRST), PASSWORD);
  }

  @AfterEach
  void stop() {
    box.close();
  }

  @Test
  void theSameIsServedOverHttps() throws Exception {
    HttpClient browser = trusting(FIRST);
    assertEquals("ping", get(browser, "/hw_proxy/hello").body());
    assertEquals(200, get(browser, "/api/status").statusCode());
    assertEquals("ping", box.get("/hw_proxy/hello").body());
    // The homepage may change the box from there, too.
    HttpResponse<String> login =
        browser.send(
            request("/api/session")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"password\":\"" + TestBox.PASSWORD + "\"}"))
                .build(),
            BodyHandlers.ofString());
    String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
    assertTrue(
        cookie.matches("__Host-iotbox-.*; Path=/; HttpOnly; SameSite=Strict; Secure"), cookie);
    HttpRequest pair =
        request("/api/pairing")
            .header("Cookie", cookie.split(";")[0])
            .header("X-CSRF-Token", box.json(login.body()).get("csrfToken").asText())
            .header("Content-Type", "application/json")
            .header("Origin", "https://127.0.0.1:" + door.port())
            .POST(BodyPublishers.ofString("{\"token\":\"https://odoo.example?token=t\"}"))
            .build();
    assertEquals(204, browser.send(pair, BodyHandlers.ofString()).statusCode());
    // Another server may be at the plain port of the same host.
    HttpRequest other =
        request("/api/session")
            .header("Content-Type", "application/json")
            .header("Origin", "http://127.0.0.1:" + door.port())
            .POST(BodyPublishers.ofString("{}"))
            .build();
    assertEquals(403, browser.send(other, BodyHandlers.ofString()).statusCode());
  }

  @Test
  void aPollThatIsHeldOutlastsAChangeOfTheCertificate() throws Exception {
    box.plug("dev1", "device");
    HttpClient browser = trusting(FIRST);
    HttpRequest poll =
        request("/hw_drivers/event")
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"params\":{\"listener\":{\"session_id\":\"tab\",\"last_event\":0,"
                        + "\"devices\":{\"dev1\":{\"device_identifier\":\"dev1\"}}}}}"))
            .build();
    CompletableFuture<HttpResponse<String>> held = browser.sendAsync(poll, BodyHandlers.ofString());
    box.awaitHeld(1);

    door.renew(keys(SECOND), PASSWORD);

    assertThrows(SSLHandshakeException.class, () -> get(trusting(FIRST), "/hw_proxy/hello"));
    assertEquals("ping", get(trusting(SECOND), "/hw_proxy/hello").body());
    assertFalse(held.isDone());
    box.call(
        "/hw_drivers/action",
        "{\"params\":{\"session_id\":\"other\",\"device_identifier\":\"dev1\","
            + "\"data\":{\"action\":\"show\",\"value\":7}}}");
    JsonNode event = box.json(held.join().body()).get("result");
    assertEquals(7, event.get("value").asInt());
    assertEquals("ping", get(browser, "/hw_proxy/hello").body(), "on the connection from before");
  }

  @Test
  void aPortThatIsTakenIsSaidAndHttpGoesOn() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      PortRefusedException refusal =
          assertThrows(
              PortRefusedException.class,
              () -> box.serveHttps(taken.getLocalPort(), keys(FIRST), PASSWORD));
      assertTrue(refusal.getMessage().contains("with --https-port"), refusal.getMessage());
    }
    assertEquals("ping", box.get("/hw_proxy/hello").body());
  }

  @Test
  void slowClientsKeepNobodyWaitingThereEither() throws Exception {
    String body = "POST /hw_proxy/handshake HTTP/1.1\r\nHost: localhost\r\nContent-Type: ";
    String files = "GET /homepage/style.css HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(500);
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        Socket client = trusted(FIRST).sslContext().getSocketFactory().createSocket();
        slow.add(client);
        client.setReceiveBufferSize(8 << 10);
        client.connect(new InetSocketAddress("127.0.0.1", door.port()));
        ((SSLSocket) client).startHandshake();
      }
      for (int i = 0; i < 40; i++) {
        String sent = i % 2 == 0 ? files : body + "application/json\r\nContent-Length: 9\r\n\r\n{";
        slow.get(i).getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
      }
      box.awaitHeld(40);
      assertEquals("ping", get(trusting(FIRST), "/hw_proxy/hello").body());
      box.awaitHeld(40); // All the others are still there.
      box.awaitHeld(0); // They are disconnected.
    } finally {
      for (Socket each : slow) {
        each.close();
      }
    }
  }

  private static HeldCertificate made() {
    return new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();
  }

  private static KeyStore keys(HeldCertificate held) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry(
        "box", held.keyPair().getPrivate(), PASSWORD, new Certificate[] {held.certificate()});
    return keys;
  }

  private static HttpClient trusting(HeldCertificate held) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(trusted(held).sslContext())
        .build();
  }

  private static HandshakeCertificates trusted(HeldCertificate held) {
    return new HandshakeCertificates.Builder().addTrustedCertificate(held.certificate()).build();
  }

  private HttpResponse<String> get(HttpClient browser, String path) throws Exception {
    return browser.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + door.port() + path))
        .timeout(Duration.ofSeconds(20));
  }
}
