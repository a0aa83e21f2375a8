package iotbox.box.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ActionRoutesTest {
  private static final String OLD = "/hw_drivers/action";
  private static final String NEW = "/iot_drivers/action";
  private TestBox box;

  @BeforeEach
  void start() throws PortRefusedException {
    box = new TestBox();
    box.plug("dev1", "device");
  }

  @AfterEach
  void stop() {
    box.close();
  }

  @Test
  void oldRouteSaysOnlyThatTheDeviceTookIt() {
    assertEquals(
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":true}",
        box.post(OLD, action("dev1", "{\"action\":\"fail\"}")).body());
    assertEquals(
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":false}",
        box.post(OLD, action("nobody", "{\"action\":\"show\"}")).body());
  }

  @Test
  void oldClientsSendTheDataAsText() {
    box.call(OLD, action("dev1", "\"{\\\"action\\\":\\\"show\\\",\\\"value\\\":\\\"8 kg\\\"}\""));
    JsonNode event = listen("dev1");
    assertEquals("8 kg", event.get("value").asText());
  }

  @Test
  void newRouteAnswersHowItEnded() {
    double before = System.currentTimeMillis() / 1e3;
    JsonNode result =
        box.call(NEW, action("dev1", "{\"action\":\"show\",\"value\":3}")).get("result");
    double time = result.get("time").asDouble();
    assertTrue(before <= time && time <= before + 20, "" + time);
    assertEquals(
        box.json(
            "{\"status\":\"success\",\"result\":\"\",\"session_id\":\"tab1\",\"owner\":\"tab1\","
                + "\"iot_box_identifier\":\"box-1\",\"device_identifier\":\"dev1\",\"time\":"
                + result.get("time")
                + "}"),
        result);
  }

  @Test
  void newRouteAnswersTheDriversError() {
    JsonNode result = box.call(NEW, action("dev1", "{\"action\":\"fail\"}")).get("result");
    assertEquals("error", result.get("status").asText());
    assertEquals("out of paper", result.get("result").asText());
  }

  @Test
  void newRouteAnswersDisconnectedForAnUnknownDevice() {
    JsonNode result = box.call(NEW, action("nobody", "{\"action\":\"show\"}")).get("result");
    assertEquals("disconnected", result.get("status").asText());
    assertEquals("nobody", result.get("device_identifier").asText());
    assertTrue(result.get("result").isNull());
  }

  @Test
  void newRouteRunsAnActionWithAUniqueIdOnce() {
    String twice = action("dev1", "{\"action\":\"show\",\"value\":1,\"action_unique_id\":\"u1\"}");
    assertEquals("success", box.call(NEW, twice).at("/result/status").asText());
    assertEquals("duplicate", box.call(NEW, twice).at("/result/status").asText());
  }

  @Test
  void printersArePending() {
    box.plug("printer1", "printer");
    JsonNode result = box.call(NEW, action("printer1", "{\"document\":\"JVBERi0=\"}"));
    assertEquals("success", result.at("/result/status").asText());
    assertEquals("pending", result.at("/result/result").asText());
  }

  @Test
  void serversUpTo190GetTrueOrFalseOnTheNewRoute() {
    for (String serie : new String[] {"17.0", "18.0", "saas~18.3", "19.0"}) {
      box.odoo.serie = serie;
      assertEquals(
          "true",
          box.call(NEW, action("dev1", "{\"action\":\"show\"}")).get("result").toString(),
          serie);
      assertEquals(
          "false",
          box.call(NEW, action("nobody", "{\"action\":\"show\"}")).get("result").toString());
      assertEquals(
          "true",
          box.call(NEW, action("box-1", "{\"action\":\"test_connection\"}"))
              .get("result")
              .toString());
    }
    for (String serie : new String[] {"19.1", "saas~19.2", "20.0", "master"}) {
      box.odoo.serie = serie;
      assertEquals(
          "success",
          box.call(NEW, action("dev1", "{\"action\":\"show\"}")).at("/result/status").asText(),
          serie);
    }
  }

  @Test
  void whoAsksForTheAnswerGetsItWhateverTheServerIs() {
    box.odoo.serie = "18.0";
    String asking =
        action("dev1", "{\"action\":\"show\",\"value\":3}").replace("\"data\"", "%s,\"data\"");
    JsonNode answer = box.call(NEW, asking.formatted("\"answer\":true"));
    assertEquals("success", answer.at("/result/status").asText(), answer.toString());
    JsonNode word = box.call(NEW, asking.formatted("\"answer\":\"yes\""));
    assertEquals("true", word.get("result").toString());
  }

  @Test
  void theBoxItselfAnswersTests() {
    for (String data : new String[] {"{}", "{\"action\":\"test_protocol\"}"}) {
      JsonNode result = box.call(NEW, action("box-1", data)).get("result");
      assertEquals("success", result.get("status").asText());
      assertEquals("box-1", result.get("device_identifier").asText());
    }
    JsonNode result = box.call(NEW, action("box-1", "{\"action\":\"remote_debug\"}")).get("result");
    assertEquals("error", result.get("status").asText());
    assertEquals("No action named remote_debug.", result.get("result").asText());
    assertEquals(List.of("box ", "box test_protocol", "box remote_debug"), box.odoo.told);
  }

  @Test
  void theOwnerStandsBehindWhatComesWithTheSessionAndItsToken() {
    TestBox.Login login = box.login();
    String body = action("box-1", "{\"action\":\"server_clear\"}");
    box.send(box.posting(NEW, body));
    box.send(box.posting(NEW, body).header("Cookie", login.cookie()));
    box.send(box.posting(NEW, body).header("X-CSRF-Token", login.csrfToken()));
    box.send(login.in(box.posting(NEW, body)));
    assertEquals(
        List.of(
            "box server_clear", "box server_clear", "box server_clear", "vouched box server_clear"),
        box.odoo.told);
  }

  @Test
  void unknownParametersAreIgnoredAndSessionsMayBeNull() {
    JsonNode answer =
        box.call(
            OLD,
            "{\"params\":{\"session_id\":null,\"device_identifier\":\"dev1\",\"rpc\":{},"
                + "\"data\":{\"action\":\"show\",\"extra\":[1]}}}");
    assertTrue(answer.get("result").asBoolean());
  }

  @Test
  void wrongParametersAreExplained() {
    assertEquals(
        "The parameter data must be a JSON object, or a text that holds one.",
        error(action("dev1", "[1]")));
    assertEquals(
        "The parameter data must be a JSON object, or a text that holds one.",
        error(action("dev1", "null")));
    assertTrue(
        error(action("dev1", "\"{\""))
            .startsWith("The parameter data is a text but not valid JSON: "));
    assertEquals(
        "The parameter device_identifier must be a text.",
        error("{\"params\":{\"session_id\":1,\"device_identifier\":{},\"data\":{}}}"));
    assertEquals(
        "The parameter device_identifier must be a text.",
        error("{\"params\":{\"session_id\":1,\"device_identifier\":null,\"data\":{}}}"));
  }

  private String error(String body) {
    JsonNode answer = box.call(NEW, body);
    assertEquals(answer, box.call(OLD, body));
    return answer.at("/error/data/message").asText();
  }

  private JsonNode listen(String device) {
    return box.call(
            "/hw_drivers/event",
            "{\"params\":{\"listener\":{\"session_id\":\"tab1\",\"devices\":[\""
                + device
                + "\"],\"last_event\":0}}}")
        .get("result");
  }

  private static String action(String device, String data) {
    return "{\"params\":{\"session_id\":\"tab1\",\"device_identifier\":\""
        + device
        + "\",\"data\":"
        + data
        + "}}";
  }
}
