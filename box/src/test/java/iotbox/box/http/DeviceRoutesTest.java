package iotbox.box.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person decides about a device by the box's own routes, and what the status says of it. */
class DeviceRoutesTest {
  private static final String DRIVER = TestDriver.class.getName();
  private TestBox box;

  @BeforeEach
  void start() throws PortRefusedException {
    box = new TestBox();
  }

  @AfterEach
  void stop() {
    box.close();
  }

  @Test
  void aPinIsKeptAndShownAndTakenAway() {
    box.plug("dev1", "scale");
    assertAccepted(pin("dev1", "\"" + DRIVER + "\""));
    assertEquals(Map.of("dev1", DRIVER), box.kept.last.pins());
    assertEquals(DRIVER, device("dev1").at("/pin/driver").asText());
    assertEquals("page", device("dev1").at("/pin/by").asText());
    assertTrue(box.devices.isOpen("dev1"), "it has that driver already");

    assertAccepted(pin("dev1", "null"));
    assertEquals(Map.of(), box.kept.last.pins());
    assertTrue(device("dev1").get("pin").isNull());
  }

  @Test
  void aDeviceThatIsNotProbedIsClosedAtOnceAndOpenedWhenItMayBe() {
    box.plug("dev1", "scale");
    assertAccepted(probe("dev1", "false"));
    await().until(() -> device("dev1").get("state").asText().equals("unprobed"));
    assertEquals(Set.of("dev1"), box.kept.last.unprobed());
    assertTrue(device("dev1").get("driver").isNull());
    assertTrue(
        device("dev1").get("detail").asText().startsWith("Not probed: so decided on this page."));
    assertEquals(
        box.json("{\"allowed\": false, \"by\": \"page\", \"next\": null}"),
        device("dev1").get("probing"));

    assertAccepted(pin("dev1", "\"" + DRIVER + "\""));
    await().until(() -> box.devices.isOpen("dev1"));
    assertAccepted(pin("dev1", "null"));
    await().until(() -> device("dev1").get("state").asText().equals("unprobed"));

    assertAccepted(probe("dev1", "true"));
    await().until(() -> box.devices.isOpen("dev1"));
    assertEquals(Set.of(), box.kept.last.unprobed());
  }

  @Test
  void whatTheOptionsSayCannotBeChangedHere() {
    box.plug("pinned", "scale");
    assertEquals("option", device("pinned").at("/pin/by").asText());
    assertEquals("--pin", device("pinned").at("/pin/option").asText());
    assertRefused(
        409,
        "The option --pin gives pinned to "
            + DRIVER
            + ", which cannot be changed here: start the box without it.\n",
        pin("pinned", "null"));

    box.plug("left-alone", Map.of());
    await().until(() -> device("left-alone").path("state").asText().equals("unprobed"));
    assertEquals("option", device("left-alone").at("/probing/by").asText());
    assertTrue(device("left-alone").get("detail").asText().contains("--no-probe"));
    assertRefused(
        409,
        "The option --no-probe names left-alone, which cannot be changed here: start the box"
            + " without it.\n",
        probe("left-alone", "true"));
    assertFalse(box.devices.isOpen("left-alone"));
  }

  @Test
  void whatIsNotThereIsNotFound() {
    box.plug("dev1", "scale");
    assertRefused(
        404, "There is no device \"dev2\" now; the status lists them.\n", pin("dev2", "null"));
    assertRefused(
        404, "There is no device \"dev2\" now; the status lists them.\n", probe("dev2", "false"));
    assertRefused(
        404,
        "There is no driver \"shop.Scale\" for \"test\". There are: " + DRIVER + ".\n",
        pin("dev1", "\"shop.Scale\""));
    assertTrue(box.kept.last.pins().isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pin | {}",
        "pin | {\"identifier\": \"dev1\"}",
        "pin | {\"identifier\": 5, \"driver\": null}",
        "pin | {\"identifier\": \"dev1\", \"driver\": true}",
        "probing | {}",
        "probing | {\"identifier\": \"dev1\", \"probe\": \"no\"}",
        "probing | {\"identifier\": [], \"probe\": true}",
      })
  void aRequestThatSaysNothingIsToldWhatToSend(String route, String body) {
    HttpResponse<String> answer = box.postAsOwner("/api/devices/" + route, body);
    assertEquals(400, answer.statusCode());
    assertTrue(answer.body().startsWith("Send {\"identifier\": …, "), answer.body());
  }

  @Test
  void aDecisionThatCannotBeKeptIsNotMade() {
    box.plug("dev1", "scale");
    box.kept.full = true;
    assertRefused(
        507,
        "Nothing was changed, as the data folder cannot be written: see to its disk, and try"
            + " again.\n",
        probe("dev1", "false"));
    assertTrue(device("dev1").at("/probing/allowed").asBoolean());
    assertTrue(box.devices.isOpen("dev1"));
  }

  @Test
  void aDeviceThatNobodyTookSaysWhenDriversAreAskedAgain() {
    box.plug("dev1", Map.of("broken", "wrong firmware"));
    await().until(() -> device("dev1").path("state").asText().equals("failed"));
    Instant next = Instant.parse(device("dev1").at("/probing/next").asText());
    assertTrue(next.isBefore(Instant.now().plusSeconds(61)), next.toString());
  }

  @Test
  void pagesOfOtherHostsDecideNothing() {
    box.plug("dev1", "scale");
    for (String route : new String[] {"pin", "probing"}) {
      HttpResponse<String> answer =
          box.send(
              box.posting(
                      "/api/devices/" + route,
                      "{\"identifier\": \"dev1\", \"driver\": null, \"probe\": false}")
                  .header("Origin", "https://evil.example"));
      assertEquals(403, answer.statusCode());
    }
    assertTrue(box.devices.isOpen("dev1"));
  }

  private HttpResponse<String> pin(String identifier, String driver) {
    return box.postAsOwner(
        "/api/devices/pin", "{\"identifier\": \"" + identifier + "\", \"driver\": " + driver + "}");
  }

  private HttpResponse<String> probe(String identifier, String probe) {
    return box.postAsOwner(
        "/api/devices/probing",
        "{\"identifier\": \"" + identifier + "\", \"probe\": " + probe + "}");
  }

  private static void assertAccepted(HttpResponse<String> answer) {
    assertEquals(204, answer.statusCode(), answer.body());
  }

  private static void assertRefused(int status, String sentence, HttpResponse<String> answer) {
    assertEquals(sentence, answer.body());
    assertEquals(status, answer.statusCode());
  }

  private JsonNode device(String identifier) {
    for (JsonNode device : box.json(box.get("/api/status").body()).get("devices")) {
      if (device.get("identifier").asText().equals(identifier)) {
        return device;
      }
    }
    return box.json("{}");
  }
}
