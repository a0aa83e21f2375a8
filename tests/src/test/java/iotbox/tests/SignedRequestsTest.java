package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Writer;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** Requests that Odoo 19 and later sign, signed here by Python as there. */
class SignedRequestsTest {
  private static final String ACTION = "/iot_drivers/action";

  /** Reads the params from stdin; its arguments are the token, the path and the query as JSON. */
  private static final String SIGN =
      """
      import hashlib, hmac, json, sys, time
      token, path, query = sys.argv[1:]
      params = json.loads(sys.stdin.buffer.read())
      parts = [str(int(time.time())), path,
               json.dumps(json.loads(query), sort_keys=True), json.dumps(params, sort_keys=True)]
      print(hmac.new(token.encode(), '|'.join(parts).encode(), hashlib.sha256).hexdigest())
      """;

  private static String sign(String token, String query, String params) throws Exception {
    Process python =
        new ProcessBuilder("python3", "-c", SIGN, token, ACTION, query)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (Writer in = python.outputWriter(StandardCharsets.UTF_8)) {
      in.write(params);
    }
    return new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  private static JsonNode send(BoxClient client, String path, String params, String signature) {
    HttpRequest.Builder request =
        client
            .request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"params\":" + params + "}"));
    if (signature != null) {
      request.header("Authorization", signature);
    }
    return BoxClient.json(client.send(request).body());
  }

  private static String set(Object value) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("value", value);
    data.put("action", "set");
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("session_id", "s");
    params.put("device_identifier", "bench1");
    params.put("data", data);
    return BoxClient.text(params);
  }

  @Test
  void aBoxThatRequiresThemObeysThePairedOdoosPagesOnly() throws Exception {
    try (OdooStandIn odoo = OdooStandIn.start().serving(TestHandlers.bench());
        BoxProcess box = BoxProcess.pairedWith(odoo, "--require-signed-requests")) {
      BoxClient client = box.client();
      client.awaitDevice("bench1");
      for (Object value :
          List.of(7, 2.50, 1e-7, 1e22, "Ünï\u2028😀/\"\\", List.of(), Map.of("é", 1, "a", -0.0))) {
        String params = set(value);
        JsonNode answer = send(client, ACTION, params, sign(OdooStandIn.TOKEN, "{}", params));
        assertEquals("success", answer.at("/result/status").asText(), value + ": " + answer);
      }
      String params = set(8);
      String withQuery = sign(OdooStandIn.TOKEN, "{\"db\": \"bench\", \"x\": \"\"}", params);
      assertTrue(send(client, ACTION + "?db=bench&x=", params, withQuery).has("result"));

      assertForbidden(send(client, ACTION, params, null));
      assertForbidden(send(client, ACTION, params, sign("another-token", "{}", params)));
      assertForbidden(send(client, ACTION, params, sign(OdooStandIn.TOKEN, "{}", set(9))));
      String signature = sign(OdooStandIn.TOKEN, "{}", params);
      assertForbidden(send(client, "/hw_drivers/action", params, signature));
      assertForbidden(client.poll("s", 0, "bench1").get(20, java.util.concurrent.TimeUnit.SECONDS));

      assertFalse(box.stderr().contains(signature), box.stderr());
      assertFalse(box.stderr().contains(OdooStandIn.TOKEN), box.stderr());
    }
  }

  @Test
  void aBoxThatDoesNotRequireThemRefusesWrongOnesOnly() throws Exception {
    // A server of this line clears the token when it has created the box; the box keeps it.
    try (OdooStandIn odoo = OdooStandIn.start("18.0").serving(TestHandlers.bench());
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      BoxClient client = box.client();
      client.awaitDevice("bench1");
      String params = set(1);
      assertTrue(send(client, ACTION, params, null).path("result").asBoolean());
      assertForbidden(send(client, ACTION, params, "0".repeat(64)));
      String signature = sign(OdooStandIn.TOKEN, "{}", params);
      assertTrue(send(client, ACTION, params, signature).path("result").asBoolean());
    }
  }

  @Test
  void theOwnerUsesDevicesOnTheBoxesPageWithoutASignature(@TempDir Path profile) {
    try (OdooStandIn odoo = OdooStandIn.start().serving(TestHandlers.bench());
        BoxProcess box = BoxProcess.pairedWith(odoo, "--require-signed-requests");
        Browser browser = Browser.open(box.url(), profile)) {
      browser.go("devices/bench1");
      WebElement card = browser.await(By.cssSelector("article[data-device=bench1]"));
      Browser.waiting().until(() -> part(card, "action").getText().contains("set"));
      part(card, "action").findElement(By.cssSelector("option[value=set]")).click();
      part(card, "parameters").sendKeys("{\"value\": 17}");
      part(card, "send").click();
      browser.logIn();

      Browser.waiting().until(() -> part(card, "events").getText().contains("17"));
      assertEquals("17", part(card, "value").getText());
    }
  }

  private static WebElement part(WebElement card, String role) {
    return card.findElement(By.cssSelector("[data-role=" + role + "]"));
  }

  @Test
  void anUnpairedBoxThatRequiresThemObeysNobody() throws Exception {
    try (BoxProcess box = BoxProcess.start("--require-signed-requests")) {
      String params = set(1);
      JsonNode answer = send(box.client(), ACTION, params, sign(OdooStandIn.TOKEN, "{}", params));
      assertForbidden(answer);
      assertTrue(answer.at("/error/data/message").asText().contains("pair it first"));
    }
  }

  private static void assertForbidden(JsonNode answer) {
    assertEquals(403, answer.at("/error/code").asInt(), answer.toString());
    assertFalse(answer.has("result"));
  }
}
