package iotbox.box.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each answer tells browsers, as it stands on the wire. */
class SecurityHeadersTest {
  private static final List<String> ALWAYS =
      List.of(
          "x-content-type-options: nosniff",
          "referrer-policy: no-referrer",
          "x-frame-options: deny",
          "permissions-policy: camera=(), ",
          "cross-origin-opener-policy: same-origin",
          "content-security-policy: default-src 'none'; ",
          "frame-ancestors 'none'");

  private TestBox box;

  @BeforeEach
  void start() throws Exception {
    box = new TestBox();
  }

  @AfterEach
  void stop() {
    box.close();
  }

  @Test
  void everyAnswerHasThem() throws Exception {
    List<String> requests =
        List.of(
            "GET / HTTP/1.1\r\nHost: localhost\r\n",
            "GET /homepage/app.js HTTP/1.1\r\nHost: localhost\r\n",
            "GET /api/status HTTP/1.1\r\nHost: localhost\r\n",
            "GET /hw_proxy/hello HTTP/1.1\r\nHost: localhost\r\n",
            "OPTIONS /hw_proxy/hello HTTP/1.1\r\nHost: localhost\r\n",
            "POST /hw_drivers/action HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n",
            "GET /none HTTP/1.1\r\nHost: localhost\r\n",
            "DELETE / HTTP/1.1\r\nHost: localhost\r\n",
            "TRACE / HTTP/1.1\r\nHost: localhost\r\n",
            "GET / HTTP/1.1\r\nHost: evil.example\r\n",
            // Answered before any route is looked for.
            "GET / HTTP/1.1\r\n",
            "NONSENSE\r\n",
            "GET /%zz HTTP/1.1\r\nHost: localhost\r\n",
            "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n",
            "GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "a".repeat(20_000) + "\r\n",
            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n");
    for (String request : requests) {
      String head = head(request);
      for (String header : ALWAYS) {
        assertTrue(head.contains(header), request + "\n" + header + " is missing in\n" + head);
      }
      assertFalse(head.contains("\nserver:"), head);
      assertFalse(head.contains("strict-transport-security"), head);
    }
  }

  @Test
  void whatTellsSomethingIsNotKeptByAnybody() throws Exception {
    for (String path : List.of("/api/status", "/hw_proxy/hello", "/iot_drivers/ping", "/none")) {
      assertTrue(head(get(path)).contains("cache-control: no-store"), path);
    }
    assertTrue(head(get("/")).contains("cache-control: no-cache"), "the homepage has an ETag");
  }

  @Test
  void onlyWhatOdoosPagesSpeakWithIsForPagesOfOtherOrigins() throws Exception {
    String other = "cross-origin-resource-policy: cross-origin";
    assertTrue(head(get("/hw_proxy/hello")).contains(other));
    assertTrue(head(get("/iot_drivers/ping")).contains(other));
    for (String path : List.of("/", "/homepage/app.js", "/api/status", "/none")) {
      assertTrue(head(get(path)).contains("cross-origin-resource-policy: same-origin"), path);
    }
  }

  @Test
  void thePageMayLoadItsOwnFilesAndNothingElse() throws Exception {
    String head = head(get("/"));
    assertTrue(head.contains("script-src 'self'"), head);
    assertFalse(head.contains("unsafe"), head);
    assertEquals(
        1, head.split("content-security-policy:", -1).length - 1, "one policy, not two: " + head);
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n";
  }

  private String head(String request) throws Exception {
    String answer = box.exchange(request + "Connection: close\r\n\r\n");
    return answer.split("\r\n\r\n", 2)[0].toLowerCase(Locale.ROOT);
  }
}
