package iotbox.box.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as bytes: where one ends and the next begins, and what is no request at all. */
class FramingTest {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");
  private static final String HOST = "Host: localhost\r\n";
  private static final String CLOSE = HOST + "Connection: close\r\n";
  private static final String JSON = CLOSE + "Content-Type: application/json\r\n";

  /** What a proxy before the box might take for a part of the first request. */
  private static final String SMUGGLED = "GET /iot_drivers/ping HTTP/1.1\r\n" + CLOSE + "\r\n";

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
  void whatIsTooLongIsSaidToBe() throws Exception {
    String address = box.exchange("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n" + CLOSE + "\r\n");
    assertEquals(List.of("414"), statuses(address));
    assertTrue(address.endsWith("The address is longer than the box reads.\n"), address);
    String one = "X: " + "a".repeat(20_000) + "\r\n";
    String many = "a:b\r\n".repeat(5_000);
    for (String headers : List.of(one, many)) {
      String answer = box.exchange("GET / HTTP/1.1\r\n" + CLOSE + headers + "\r\n");
      assertEquals(List.of("431"), statuses(answer));
      assertTrue(answer.contains("The headers are longer than the box reads"), answer);
    }
  }

  @Test
  void requestsThatAreSentAheadAreAnsweredInOrder() throws Exception {
    String answer =
        box.exchange(
            "GET /hw_proxy/hello HTTP/1.1\r\n"
                + HOST
                + "\r\nPOST /hw_proxy/handshake HTTP/1.1\r\n"
                + HOST
                + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}GET /none HTTP/1.1\r\n"
                + CLOSE
                + "\r\n");
    assertEquals(List.of("200", "200", "404"), statuses(answer));
    assertTrue(answer.indexOf("ping") < answer.indexOf("\"result\":true"), answer);
  }

  @Test
  void olderClientsAreAnsweredToo() throws Exception {
    String answer = box.exchange("GET /hw_proxy/hello HTTP/1.0\r\n\r\n");
    assertEquals(List.of("200"), statuses(answer));
    assertTrue(answer.endsWith("\r\n\r\nping"), answer);
    String body = "POST /hw_proxy/handshake HTTP/1.0\r\nContent-Type: application/json\r\n";
    assertTrue(box.exchange(body + "Content-Length: 2\r\n\r\n{}").endsWith("\"result\":true}"));
  }

  @Test
  void anAddressMayNameTheBoxButNobodyElse() throws Exception {
    assertEquals("200", only("GET http://localhost/hw_proxy/hello HTTP/1.1\r\n" + CLOSE + "\r\n"));
    assertRefused("GET http://evil.example/hw_proxy/hello HTTP/1.1\r\n" + CLOSE + "\r\n");
    assertRefused("GET http://localhost@evil.example/ HTTP/1.1\r\n" + CLOSE + "\r\n");
  }

  /** Two who read the same bytes as different requests is what smuggling needs. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 0\r\nContent-Length: 5\r\n",
        "Content-Length: 5\r\nContent-Length: 0\r\n",
        "Content-Length: 0, 5\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: +5\r\n",
        "Content-Length: 0x5\r\n",
        "Content-Length: 99999999999999999999\r\n",
        "Content-Length : 5\r\n",
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        "Transfer-Encoding: identity, chunked, x\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding:\u000bchunked\r\n",
        "Transfer-Encoding : chunked\r\n",
        " Transfer-Encoding: chunked\r\n",
        "X: y\r\n Transfer-Encoding: chunked\r\n",
        "Host: localhost\r\n",
        "Host: evil.example\r\n",
        "X: a\u0000b\r\n",
        "X: a\rb\r\n",
        "No colon\r\n"
      })
  void whatCanBeReadInTwoWaysIsNotRead(String headers) throws Exception {
    String answer =
        box.exchange(
            "POST /hw_proxy/handshake HTTP/1.1\r\n" + JSON + headers + "\r\n0\r\n\r\n" + SMUGGLED);
    assertEquals(1, statuses(answer).size(), answer);
    assertTrue(statuses(answer).get(0).startsWith("4"), answer);
    assertFalse(answer.contains("pong"), answer);
  }

  @Test
  void aHostIsNeeded() throws Exception {
    assertRefused("GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
    assertRefused("GET / HTTP/1.1\r\nConnection: close\r\nHost:\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/hw_proxy/hello%00",
        "/%00",
        "/homepage/../api/status",
        "/homepage/%2e%2e/api/status",
        "/homepage/..%2fapi/status",
        "/homepage%2fapp.js",
        "/homepage\\app.js",
        "/homepage/..;/api/status",
        "//api/status",
        "/api//status",
        "/api/./status",
        "/%c0%ae%c0%ae/etc/passwd",
        "/%zz",
        "/%",
        "/..",
        "/../../etc/passwd",
        "/homepage/../../../../etc/passwd",
        "/hw_proxy/hello;x=y"
      })
  void anotherSpellingOfAnAddressIsNoWayAround(String path) throws Exception {
    String answer = box.exchange("GET " + path + " HTTP/1.1\r\n" + CLOSE + "\r\n");
    String status = statuses(answer).get(0);
    assertTrue(status.startsWith("4") || status.equals("200") && isPublic(answer), answer);
    assertFalse(answer.contains("root:"), answer);
  }

  /** These anybody may read, however they are spelled. */
  private static boolean isPublic(String answer) {
    return answer.endsWith("ping") || answer.contains("\"generation\":");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"TRACE", "CONNECT", "PUT", "PATCH", "PROPFIND", "get", "FOO", "PRI", "OPTIONS"})
  void methodsThatNoRouteHasDoNothing(String method) throws Exception {
    String answer =
        box.exchange(method + " /api/status HTTP/1.1\r\n" + CLOSE + "X-Secret: s\r\n\r\n");
    assertTrue(statuses(answer).get(0).startsWith("4"), answer);
    assertFalse(answer.contains("X-Secret"), answer);
  }

  @Test
  void tunnelsAndUpgradesAreNotOffered() throws Exception {
    String connect = "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n";
    assertEquals("421", statuses(box.exchange(connect + SMUGGLED)).get(0));
    for (String protocol : List.of("websocket", "h2c", "TLS/1.0")) {
      String answer =
          box.exchange(
              "GET /hw_proxy/hello HTTP/1.1\r\n"
                  + HOST
                  + "Connection: close, Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk\r\nUpgrade: "
                  + protocol
                  + "\r\n\r\n");
      assertEquals(List.of("200"), statuses(answer), answer);
    }
  }

  @Test
  void whatIsExpectedOfTheBoxInVainIsSaid() throws Exception {
    assertEquals("417", only("GET / HTTP/1.1\r\n" + CLOSE + "Expect: a-miracle\r\n\r\n"));
    assertEquals("400", only("GET / HTTP/3.0\r\n" + CLOSE + "\r\n"));
  }

  private void assertRefused(String request) throws Exception {
    String status = only(request);
    assertTrue(status.startsWith("4"), status);
  }

  private String only(String request) throws Exception {
    String answer = box.exchange(request);
    List<String> statuses = statuses(answer);
    assertEquals(1, statuses.size(), answer);
    return statuses.get(0);
  }

  private static List<String> statuses(String answers) {
    List<String> statuses = new ArrayList<>();
    for (Matcher each = STATUS.matcher(answers); each.find(); ) {
      statuses.add(each.group(1));
    }
    return statuses;
  }
}
