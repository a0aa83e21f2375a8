package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The calls of browsers except the long poll: both dialects, and what is not a call at all. */
class ActionsTest {
  private static OdooStandIn odoo;
  private static BoxProcess box;
  private static BoxClient client;

  @BeforeAll
  static void start() {
    odoo = OdooStandIn.start().serving(TestHandlers.bench());
    box = BoxProcess.pairedWith(odoo);
    client = box.client();
    client.awaitDevice("bench1");
  }

  @AfterAll
  static void stop() {
    box.close();
    odoo.close();
  }

  @Test
  void olderClientsSendTextAndGetTrue() {
    JsonNode answer = client.actionAsText("bench1", Map.of("action", "set", "value", "text"));

    assertEquals("2.0", answer.path("jsonrpc").asText());
    assertTrue(answer.has("id") && answer.path("id").isNull());
    assertTrue(answer.path("result").isBoolean() && answer.path("result").asBoolean());
    assertEvent("text");
  }

  @Test
  void olderClientsMaySendAnObjectToo() {
    JsonNode answer =
        client.call(
            "/hw_drivers/action",
            Map.of(
                "session_id",
                "s",
                "device_identifier",
                "bench1",
                "data",
                Map.of("action", "set", "value", "object")));

    assertTrue(answer.path("result").asBoolean(), answer.toString());
    assertEvent("object");
  }

  @Test
  void olderClientsGetFalseForAnUnknownDevice() {
    JsonNode answer = client.actionAsText("nobody", Map.of("action", "set"));

    assertTrue(answer.path("result").isBoolean(), answer.toString());
    assertFalse(answer.path("result").asBoolean());
  }

  @Test
  void newerClientsGetTheWholeAnswer() {
    JsonNode answer = client.action("tab1", "bench1", Map.of("action", "set", "value", 7));

    JsonNode result = answer.path("result");
    Set<String> fields = new TreeSet<>();
    result.fieldNames().forEachRemaining(fields::add);
    assertTrue(
        fields.containsAll(
            Set.of(
                "status",
                "result",
                "session_id",
                "owner",
                "iot_box_identifier",
                "device_identifier",
                "time")),
        result.toString());
    assertEquals("success", result.path("status").asText());
    assertEquals(7, result.path("result").asInt());
    assertEquals("tab1", result.path("session_id").asText());
    assertEquals(BoxProcess.IDENTIFIER, result.path("iot_box_identifier").asText());
    assertEquals("bench1", result.path("device_identifier").asText());
    assertTrue(result.path("time").isNumber());
  }

  @Test
  void newerClientsSeeErrorsAndUnknownDevicesInTheStatus() {
    JsonNode failed = client.action("s", "bench1", Map.of("action", "break")).path("result");
    assertEquals("error", failed.path("status").asText());
    assertTrue(failed.path("result").asText().contains("the beam is bent"), failed.toString());

    JsonNode unknown = client.action("s", "nobody", Map.of("action", "set")).path("result");
    assertEquals("disconnected", unknown.path("status").asText(), unknown.toString());

    JsonNode wrong = client.action("s", "bench1", Map.of("action", "fly")).path("result");
    assertEquals("error", wrong.path("status").asText());
    assertTrue(wrong.path("result").asText().contains("fly"), wrong.toString());
  }

  @Test
  void aPageOfOdoo190OnlyLearnsWhetherTheDeviceTookIt() {
    try (OdooStandIn older = OdooStandIn.start("19.0").serving(TestHandlers.bench());
        BoxProcess other = BoxProcess.pairedWith(older)) {
      other.client().awaitDevice("bench1");

      Map<String, ?> set = Map.of("action", "set", "value", 1);
      assertEquals("true", other.client().action("s", "bench1", set).path("result").toString());
      assertEquals("false", other.client().action("s", "nobody", set).path("result").toString());
    }
  }

  @Test
  void theSameUniqueIdentifierActsOnce() {
    Map<String, ?> data =
        Map.of("action", "set", "value", "once", "action_unique_id", "unique-4711");
    assertEquals(
        "success", client.action("s", "bench1", data).path("result").path("status").asText());
    assertEquals(
        "duplicate", client.action("s", "bench1", data).path("result").path("status").asText());
  }

  @Test
  void theIdOfACallComesBack() {
    HttpResponse<String> response =
        client.post(
            "/hw_proxy/handshake",
            "application/json;charset=utf-8",
            "{\"jsonrpc\":\"2.0\",\"method\":\"call\",\"id\":77,\"params\":{}}");

    JsonNode answer = BoxClient.json(response.body());
    assertEquals(77, answer.path("id").asInt());
    assertTrue(answer.path("result").asBoolean());
  }

  @Test
  void whatIsNotACallIsRefusedAsByARealBox() {
    assertEquals(
        400, client.post("/hw_drivers/action", "application/json", "{\"params\":").statusCode());
    assertEquals(415, client.post("/hw_drivers/action", "text/plain", "{}").statusCode());
    assertEquals(415, client.get("/hw_drivers/action").statusCode());
    HttpResponse<String> empty =
        client.post("/hw_drivers/action", "application/json", "{\"params\":{}}");
    assertEquals(200, empty.statusCode());
    JsonNode error = BoxClient.json(empty.body()).path("error");
    assertTrue(error.path("code").isNumber(), empty.body());
    assertFalse(error.path("data").path("message").asText().isEmpty(), empty.body());
    assertFalse(empty.body().contains(".java:"), "no stack trace");
  }

  @Test
  void unknownParametersAreIgnored() {
    HttpResponse<String> response =
        client.post(
            "/hw_drivers/action",
            "application/json",
            "{\"params\":{\"session_id\":\"s\",\"device_identifier\":\"bench1\",\"rpc\":{},"
                + "\"abortController\":{},\"data\":{\"action\":\"set\",\"value\":1}}}");

    assertTrue(BoxClient.json(response.body()).path("result").asBoolean(), response.body());
  }

  @Test
  void aPreflightIsAnsweredAsByARealBox() {
    HttpResponse<String> response =
        client.send(
            client
                .request("/hw_drivers/action")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", odoo.url())
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type")
                .header("Access-Control-Request-Private-Network", "true"));

    assertEquals(204, response.statusCode());
    assertEquals(odoo.url(), header(response, "Access-Control-Allow-Origin"));
    assertTrue(header(response, "Access-Control-Allow-Methods").contains("POST"));
    assertTrue(header(response, "Access-Control-Allow-Headers").contains("Content-Type"));
    assertTrue(header(response, "Access-Control-Allow-Headers").contains("Authorization"));
    assertEquals("86400", header(response, "Access-Control-Max-Age"));
    assertEquals("true", header(response, "Access-Control-Allow-Private-Network"));
  }

  @Test
  void theSmallerRoutesAnswer() {
    assertEquals("ping", client.get("/hw_proxy/hello").body());
    assertTrue(client.call("/hw_proxy/handshake", Map.of()).path("result").asBoolean());
    JsonNode ping = BoxClient.json(client.get("/iot_drivers/ping").body());
    assertEquals("success", ping.path("status").asText());
    assertEquals("pong", ping.path("message").asText());
    JsonNode kinds = client.call("/hw_proxy/status_json", Map.of()).path("result");
    assertTrue(kinds.path("scale").has("status"), kinds.toString());
    for (String path : new String[] {"/hw_drivers/download_logs", "/iot_drivers/download_logs"}) {
      HttpResponse<String> log = client.asOwner().get(path);
      assertEquals(200, log.statusCode(), path);
      assertTrue(header(log, "Content-Disposition").startsWith("attachment"), path);
      assertTrue(log.body().contains("bench1"), "the log speaks of the device");
    }
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** Waits for the event that carries this value; the test fails if there is none. */
  private static void assertEvent(String value) {
    double last = 0;
    while (true) {
      JsonNode event = client.poll("reader", last, "bench1").orTimeout(10, TimeUnit.SECONDS).join();
      if (event.path("result").path("value").asText().equals(value)) {
        return;
      }
      last = event.path("result").path("time").asDouble();
    }
  }
}
