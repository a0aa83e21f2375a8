package iotbox.box.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What pages of Odoo 19 and later send in {@code Authorization}, and what others may send there.
 */
class RequestSignaturesTest {
  private static final String TOKEN = "a-t0ken-of-Ödoo";
  private static final String ACTION = "/iot_drivers/action";
  private static final String PARAMS =
      "{\"session_id\":\"s\",\"device_identifier\":\"nobody\",\"data\":{\"weight\":1.50,\"action\":\"é\"}}";

  /** The same as Python prints it. */
  private static final String SIGNED_PARAMS =
      "{\"data\": {\"action\": \"\\u00e9\", \"weight\": 1.5}, \"device_identifier\": \"nobody\","
          + " \"session_id\": \"s\"}";

  private TestBox box;

  @BeforeEach
  void start() throws PortRefusedException {
    box = new TestBox();
    box.odoo.requestKey = key(TOKEN);
  }

  @AfterEach
  void stop() {
    box.close();
  }

  @Test
  void aRightSignatureIsTakenWhereOneMustBe() {
    box.odoo.requiresSignedRequests = true;
    assertEquals("disconnected", send(ACTION, sign(ACTION, 0)).at("/result/status").asText());
  }

  @Test
  void whatIsSignedHasThePairedOdooBehindIt() {
    box.odoo.boxIdentifier = "nobody";
    send(ACTION, null);
    send(ACTION, sign(ACTION, 0));
    assertEquals(List.of("box é", "vouched box é"), box.odoo.told);
  }

  @Test
  void itIsTakenAsOftenAsItComes() {
    box.odoo.requiresSignedRequests = true;
    String signature = sign(ACTION, 0);
    assertTrue(send(ACTION, signature).has("result"));
    assertTrue(send(ACTION, signature).has("result"));
  }

  @Test
  void theQueryIsSignedToo() {
    box.odoo.requiresSignedRequests = true;
    String signature =
        sign(TOKEN, ACTION, "{\"a\": \"x y\", \"b\": \"\", \"c\": \"2\"}", SIGNED_PARAMS, 0);
    assertTrue(send(ACTION + "?c=1&b&a=x+y&&c=2", signature).has("result"));
    assertForbidden(send(ACTION + "?c=1", signature));
    assertForbidden(send(ACTION, signature));
  }

  @ParameterizedTest
  @ValueSource(ints = {-3, 3})
  void clocksMayDifferByAFewSeconds(int seconds) {
    assertTrue(send(ACTION, sign(ACTION, seconds)).has("result"));
  }

  @ParameterizedTest
  @ValueSource(ints = {-60, -7, 60})
  void otherTimesAreRefused(int seconds) {
    JsonNode answer = send(ACTION, sign(ACTION, seconds));
    assertForbidden(answer);
    assertTrue(answer.at("/error/data/message").asText().contains("clocks"), answer.toString());
  }

  @Test
  void aWrongSignatureIsRefusedAlsoWhereNoneMustBe() {
    for (String wrong :
        List.of(
            sign("another token", ACTION, "{}", SIGNED_PARAMS, 0),
            sign(TOKEN, "/iot_drivers/event", "{}", SIGNED_PARAMS, 0),
            sign(TOKEN, ACTION, "{}", SIGNED_PARAMS.replace("1.5", "2.5"), 0),
            sign(ACTION, 0).substring(1),
            sign(ACTION, 0).replaceAll("^.", "g"),
            "0".repeat(64),
            "x".repeat(5000))) {
      assertForbidden(send(ACTION, wrong));
    }
  }

  @Test
  void nothingIsDoneForAWrongSignature() {
    box.plug("scale1", "scale");
    String show =
        "{\"params\":{\"session_id\":\"s\",\"device_identifier\":\"scale1\","
            + "\"data\":{\"action\":\"show\",\"value\":7}}}";
    String poll =
        "{\"params\":{\"listener\":{\"session_id\":\"s\",\"devices\":[\"scale1\"],"
            + "\"last_event\":0}}}";
    var forged = box.posting("/hw_drivers/action", show).header("Authorization", "0".repeat(64));
    assertForbidden(box.json(box.send(forged).body()));
    assertFalse(box.call("/hw_drivers/event", poll).has("result"));

    assertTrue(box.call("/hw_drivers/action", show).get("result").asBoolean());
    assertEquals(7, box.call("/hw_drivers/event", poll).at("/result/value").asInt());
  }

  @Test
  void noSignatureIsFineUnlessOneMustBe() {
    assertTrue(send(ACTION, null).has("result"));
    box.odoo.requiresSignedRequests = true;
    for (String path :
        List.of(
            "/iot_drivers/action",
            "/hw_drivers/action",
            "/iot_drivers/event",
            "/hw_drivers/event")) {
      JsonNode answer = send(path, null);
      assertForbidden(answer);
      assertTrue(answer.at("/error/data/message").asText().contains("--require-signed-requests"));
    }
  }

  @Test
  void theOwnersPageNeedsNoSignatureAndIsNoSignedRequestEither() {
    box.odoo.requiresSignedRequests = true;
    var request = box.login().in(box.posting(ACTION, "{\"params\":" + PARAMS + "}"));
    assertTrue(box.json(box.send(request).body()).has("result"));
    // The cookie alone may have come with a page of somebody else's.
    var forged = box.posting(ACTION, "{\"params\":" + PARAMS + "}");
    box.login()
        .in(box.posting(ACTION, "{}"))
        .build()
        .headers()
        .firstValue("Cookie")
        .ifPresent(cookie -> forged.header("Cookie", cookie));
    assertForbidden(box.json(box.send(forged).body()));
  }

  @Test
  void whatOdooDoesNotSignStaysOpen() {
    box.odoo.requiresSignedRequests = true;
    assertTrue(box.call("/hw_proxy/handshake", "{}").get("result").asBoolean());
    assertEquals("ping", box.get("/hw_proxy/hello").body());
    assertEquals(200, box.get("/iot_drivers/ping").statusCode());
  }

  @Test
  void credentialsForAProxyAreNoSignature() {
    assertTrue(send(ACTION, "Basic dXNlcjpwYXNz").has("result"));
    box.odoo.requiresSignedRequests = true;
    assertForbidden(send(ACTION, "Basic dXNlcjpwYXNz"));
  }

  @Test
  void anUnpairedBoxCannotCheckAndSaysSoWhereItMust() {
    box.odoo.requestKey = null;
    assertTrue(send(ACTION, sign(ACTION, 0)).has("result"));
    box.odoo.requiresSignedRequests = true;
    JsonNode answer = send(ACTION, sign(ACTION, 0));
    assertForbidden(answer);
    assertTrue(answer.at("/error/data/message").asText().contains("pair it first"));
  }

  private JsonNode send(String path, String signature) {
    var request = box.posting(path, "{\"params\":" + PARAMS + "}");
    if (signature != null) {
      request.header("Authorization", signature);
    }
    return box.json(box.send(request).body());
  }

  private static void assertForbidden(JsonNode answer) {
    assertEquals(403, answer.at("/error/code").asInt(), answer.toString());
    assertEquals("403: Forbidden", answer.at("/error/message").asText());
    assertFalse(answer.toString().contains(TOKEN));
  }

  private static String sign(String path, int seconds) {
    return sign(TOKEN, path, "{}", SIGNED_PARAMS, seconds);
  }

  private static String sign(String token, String path, String query, String params, int seconds) {
    return signAt(Instant.now().getEpochSecond() + seconds, token, path, query, params);
  }

  private static String signAt(long time, String token, String path, String query, String params) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key(token));
      String message = time + "|" + path + "|" + query + "|" + params;
      return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static SecretKeySpec key(String token) {
    return new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
  }
}
