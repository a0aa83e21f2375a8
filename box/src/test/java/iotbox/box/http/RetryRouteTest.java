package iotbox.box.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryRouteTest {
  private static final String PATH = "/api/devices/retry";
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
  void aLoopThatDiedIsStartedAtOnce() {
    box.plug("dev1", Map.of("dies", "broken wire"));
    // By itself it would take seconds until here, and ever longer from then on.
    await().until(() -> faults() >= 3);

    assertEquals(202, box.postAsOwner(PATH, "{\"identifier\":\"dev1\"}").statusCode());

    await().until(() -> faults() < 3);
    assertTrue(device().get("detail").asText().contains("broken wire"), device().toString());
  }

  @Test
  void anInterfaceIsAskedAtOnce() {
    box.plug("dev1", "device");
    assertEquals(
        202,
        box.postAsOwner(PATH, "{\"interface\":\"" + TestInterface.class.getName() + "\"}")
            .statusCode());
  }

  @Test
  void whatIsNotThereIsSaid() {
    HttpResponse<String> device = box.postAsOwner(PATH, "{\"identifier\":\"nobody\"}");
    assertEquals(404, device.statusCode());
    assertEquals(
        "There is no device \"nobody\" now; the status lists them.", device.body().strip());
    HttpResponse<String> listing = box.postAsOwner(PATH, "{\"interface\":\"None\"}");
    assertEquals(404, listing.statusCode());
    assertEquals(
        "There is no interface of the class \"None\" now; the status lists them.",
        listing.body().strip());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"identifier\":null}",
        "{\"identifier\":1}",
        "{\"interface\":[]}",
        "{\"identifier\":\"a\",\"interface\":\"b\"}"
      })
  void whatMakesNoSenseIsRefused(String body) {
    HttpResponse<String> response = box.postAsOwner(PATH, body);
    assertEquals(400, response.statusCode());
    assertEquals(
        "Send {\"identifier\": …} of a device, or {\"interface\": …}, its class.",
        response.body().strip());
  }

  @Test
  void pagesOfOtherHostsMayNotAsk() {
    HttpResponse<String> response =
        box.send(
            box.posting(PATH, "{\"identifier\":\"dev1\"}").header("Origin", "http://evil.example"));
    assertEquals(403, response.statusCode());
  }

  private int faults() {
    return device().path("faults").asInt();
  }

  private JsonNode device() {
    return box.json(box.get("/api/status").body()).at("/devices/0");
  }
}
