package iotbox.box.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.http.part.OptionView;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OptionRoutesTest {
  private TestBox box;

  @BeforeEach
  void start() throws PortRefusedException {
    box = new TestBox();
    box.options.views = List.of(view("port", "8069", "8069"));
  }

  @AfterEach
  void stop() {
    box.close();
  }

  @Test
  void eachIsTold() {
    JsonNode answer = box.json(box.getAsOwner("/api/options").body());

    assertFalse(answer.get("waiting").asBoolean());
    assertTrue(answer.get("problem").isNull());
    JsonNode port = answer.get("options").get(0);
    assertEquals(
        box.json(
            "{\"name\":\"port\",\"kind\":\"text\",\"label\":\"<n>\",\"help\":\"Where.\","
                + "\"value\":\"8069\",\"default\":\"8069\",\"source\":\"default\",\"kept\":null,"
                + "\"next\":\"8069\",\"waits\":false,\"problem\":null,\"elsewhere\":null,"
                + "\"secret\":false}"),
        port);
  }

  @Test
  void whatWaitsForTheNextStartIsTold() {
    box.options.views = List.of(view("bind", "a", "a"), view("port", "8069", "8070"));
    box.options.problem = "It was damaged.";

    JsonNode answer = box.json(box.getAsOwner("/api/options").body());

    assertTrue(answer.get("waiting").asBoolean());
    assertFalse(answer.get("options").get(0).get("waits").asBoolean());
    assertTrue(answer.get("options").get(1).get("waits").asBoolean());
    assertEquals("It was damaged.", answer.get("problem").asText());
  }

  @Test
  void theOwnerKeepsThem() {
    HttpResponse<String> response =
        box.postAsOwner("/api/options", "{\"values\":{\"port\":\"8070\"}}");

    assertEquals(200, response.statusCode(), response.body());
    assertEquals(Map.of("port", "8070"), box.options.kept);
    assertTrue(box.json(response.body()).has("options"));
  }

  @Test
  void whatCannotBeKeptIsRefusedWithTheReason() {
    HttpResponse<String> wrong = box.postAsOwner("/api/options", "{\"values\":{\"wrong\":1}}");
    assertEquals(400, wrong.statusCode());
    assertEquals("There is no option --wrong to keep.\n", wrong.body());
    for (String body : List.of("{}", "{\"values\":[]}", "{\"values\":\"port\"}")) {
      HttpResponse<String> response = box.postAsOwner("/api/options", body);
      assertEquals(400, response.statusCode());
      assertTrue(response.body().startsWith("Send {\"values\""), response.body());
    }
    box.options.full = true;
    HttpResponse<String> full = box.postAsOwner("/api/options", "{\"values\":{\"port\":1}}");
    assertEquals(507, full.statusCode());
    assertTrue(full.body().startsWith("Nothing was changed, as the data folder"), full.body());
  }

  @Test
  void theBoxStartsAgainWhereSomethingStartsIt() {
    HttpResponse<String> refused = box.postAsOwner("/api/restart", "{}");
    assertEquals(409, refused.statusCode());
    assertTrue(refused.body().startsWith("Nothing would start this box again"), refused.body());
    assertFalse(box.restart.asked);
    assertFalse(canRestart());

    box.restart.possible = true;

    assertTrue(canRestart());
    assertEquals(202, box.postAsOwner("/api/restart", "{}").statusCode());
    assertTrue(box.restart.asked);
  }

  @Test
  void theOwnerNeedsNoHelpAnyMore() {
    assertFalse(isSetUp());
    box.firstStart.full = true;
    HttpResponse<String> full = box.postAsOwner("/api/set-up", "{}");
    assertEquals(507, full.statusCode());
    assertEquals(
        "The box will ask for this again, as the data folder cannot be written: see to its disk.",
        full.body().strip());
    box.firstStart.full = false;

    assertEquals(204, box.postAsOwner("/api/set-up", "{}").statusCode());

    assertTrue(isSetUp());
  }

  private boolean isSetUp() {
    return box.json(box.get("/api/status").body()).at("/box/setUp").asBoolean();
  }

  private boolean canRestart() {
    return box.json(box.getAsOwner("/api/options").body()).get("canRestart").asBoolean();
  }

  private static OptionView view(String name, Object value, Object next) {
    return new OptionView(
        name, "text", "<n>", "Where.", value, "8069", "default", null, next, null, null, false);
  }
}
