package iotbox.tests;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.stock.serial.PtyPair;
import iotbox.stock.serial.Toledo8217Driver;
import iotbox.stock.serial.Toledo8217Emulator;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the box sends to a serial port while it does not know what is there, as the line hears it.
 */
class CalmDetectionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String TOLEDO = Toledo8217Driver.class.getName();

  /** How a timer and its thread may be early, in the eyes of another process. */
  private static final Duration EARLY = Duration.ofMillis(200);

  @TempDir Path folder;
  private PtyPair line;

  @BeforeEach
  void join() throws Exception {
    line = new PtyPair(folder);
  }

  @AfterEach
  void part() throws Exception {
    line.close();
  }

  @Test
  void aSilentPortIsAskedEverMoreSeldomUntilSomethingHappens() throws Exception {
    try (BoxProcess box = BoxProcess.start("--serial-port", line.box())) {
      BoxClient client = box.owner();
      List<Instant> probes;
      try (SilentDevice device = new SilentDevice(line.device())) {
        await("three probes").atMost(PATIENCE).until(() -> device.probes().size() == 3);
        probes = device.probes();
        JsonNode waiting =
            BoxClient.device(
                client.awaitStatus("it waits", status -> next(status, line.box()) != null),
                line.box());
        assertEquals("unsupported", waiting.path("state").asText());
        assertTrue(waiting.path("detail").asText().contains("Toledo8217Driver declined"));
        assertEquals(
            Set.of(TOLEDO, "iotbox.stock.serial.SylvacDriver"),
            Set.copyOf(BoxClient.texts(waiting.path("declined"), "driver")),
            "drivers that could not recognise it were asked");
        Duration fourth = Duration.between(probes.get(2), next(client.status(), line.box()));
        assertAtLeast(Duration.ofSeconds(12), fourth);

        // A person does not want to wait.
        post(client, "/api/devices/retry", Map.of("identifier", line.box()), 202);
        await("the probe that was asked for")
            .atMost(PATIENCE)
            .until(() -> device.probes().size() == 4);
      }
      assertAtLeast(Duration.ofSeconds(3), Duration.between(probes.get(0), probes.get(1)));
      assertAtLeast(Duration.ofSeconds(6), Duration.between(probes.get(1), probes.get(2)));

      // The pauses have grown; it is plugged in again.
      line.unplug();
      client.awaitStatus(
          "it is gone", status -> BoxClient.device(status, line.box()).isMissingNode());
      line.plug();
      try (SilentDevice device = new SilentDevice(line.device())) {
        await("three probes after plugging in")
            .atMost(PATIENCE)
            .until(() -> device.probes().size() == 3);
        List<Instant> again = device.probes();
        Duration first = Duration.between(again.get(0), again.get(1));
        assertTrue(
            first.compareTo(Duration.between(again.get(1), again.get(2))) < 0, again.toString());
      }
    }
  }

  @Test
  void aPinnedDriverHasThePortUnaskedAlsoAfterARestart() throws Exception {
    Path data = folder.resolve("data");
    String[] options = {"--serial-port", line.box(), "--data", data.toString()};
    try (BoxProcess box = BoxProcess.start(options)) {
      BoxClient client = box.owner();
      try (SilentDevice device = new SilentDevice(line.device())) {
        awaitState(client, "unsupported");
        post(client, "/api/devices/pin", request("driver", TOLEDO), 204);
        JsonNode open = client.awaitDevice(line.box());
        assertEquals(TOLEDO, open.path("driver").asText());
        assertEquals(
            BoxClient.json("{\"driver\": \"" + TOLEDO + "\", \"by\": \"page\", \"option\": null}"),
            open.path("pin"));
        await("its driver asks for a weight").atMost(PATIENCE).until(() -> device.hasHeard('W'));
      }
    }
    try (SilentDevice device = new SilentDevice(line.device());
        BoxProcess box = BoxProcess.start(options)) {
      box.owner().awaitDevice(line.box());
      await("its driver asks for a weight").atMost(PATIENCE).until(() -> device.hasHeard('W'));
      assertEquals(List.of(), device.probes(), "whether it supports it was not asked");
    }
    // The scale is switched on at last.
    try (Toledo8217Emulator scale = new Toledo8217Emulator(line.device());
        BoxProcess box = BoxProcess.start(options)) {
      scale.show("1.234");
      BoxClient client = box.owner();
      client.awaitDevice(line.box());
      await("the weight")
          .atMost(PATIENCE)
          .until(
              () ->
                  client
                          .action("s", line.box(), Map.of("action", "read_once"))
                          .path("result")
                          .path("result")
                          .asDouble()
                      == 1.234);

      post(client, "/api/devices/pin", request("driver", null), 204);
      client.awaitStatus(
          "it is recognised",
          status ->
              BoxClient.isOpen(BoxClient.device(status, line.box()))
                  && BoxClient.device(status, line.box()).path("pin").isNull());
    }
  }

  @Test
  void aPortThatIsNotProbedHearsNothing() throws Exception {
    String port = Path.of(line.box()).toRealPath().toString(); // Another name of it.
    try (SilentDevice device = new SilentDevice(line.device());
        BoxProcess box = BoxProcess.start("--serial-port", line.box(), "--no-probe", port)) {
      BoxClient client = box.owner();
      JsonNode left = awaitState(client, "unprobed");
      assertTrue(left.path("detail").asText().startsWith("Not probed: the option --no-probe"));
      assertEquals(
          BoxClient.json("{\"allowed\": false, \"by\": \"option\", \"next\": null}"),
          left.path("probing"));
      String refusal = post(client, "/api/devices/probing", request("probe", true), 409);
      assertTrue(refusal.contains("--no-probe"), refusal);
      awaitRounds(client, 3);
      assertFalse(device.hasHeardAnything());

      post(client, "/api/devices/pin", request("driver", TOLEDO), 204);
      client.awaitDevice(line.box());
      await("its driver asks for a weight").atMost(PATIENCE).until(() -> device.hasHeard('W'));
      post(client, "/api/devices/pin", request("driver", null), 204);
      awaitState(client, "unprobed");
      assertEquals(List.of(), device.probes());
    }
  }

  @Test
  void probingIsForbiddenOnThePageForGood() throws Exception {
    Path data = folder.resolve("data");
    String[] options = {"--serial-port", line.box(), "--data", data.toString()};
    try (Toledo8217Emulator scale = new Toledo8217Emulator(line.device());
        BoxProcess box = BoxProcess.start(options)) {
      scale.show("1.000");
      BoxClient client = box.owner();
      client.awaitDevice(line.box());
      post(client, "/api/devices/probing", request("probe", false), 204);
      awaitState(client, "unprobed");
    }
    assertTrue(Files.readString(data.resolve("devices.json")).contains(line.box()));
    try (SilentDevice device = new SilentDevice(line.device());
        BoxProcess box = BoxProcess.start(options)) {
      awaitState(box.owner(), "unprobed");
      awaitRounds(box.owner(), 2);
      assertFalse(device.hasHeardAnything());

      post(box.owner(), "/api/devices/probing", request("probe", true), 204);
      await("a probe").atMost(PATIENCE).until(() -> device.probes().size() == 1);
    }
  }

  @Test
  void aPinByOptionWaitsForItsDriverAndCannotBeChanged() throws Exception {
    Path module = folder.resolve("module");
    Files.createDirectories(module.resolve("iot_handlers/drivers"));
    try (SilentDevice device = new SilentDevice(line.device());
        BoxProcess box =
            BoxProcess.start(
                "--serial-port",
                line.box(),
                "--handlers",
                module.toString(),
                "--pin",
                line.box() + "=Modem")) {
      BoxClient client = box.owner();
      JsonNode waiting = awaitState(client, "failed");
      assertEquals(
          "The option --pin gives it to Modem, and there is no such driver for \"serial\" now."
              + " Load the handlers that have it, or pin another one.",
          waiting.path("detail").asText());
      String refusal = post(client, "/api/devices/pin", request("driver", TOLEDO), 409);
      assertTrue(refusal.contains("--pin"), refusal);

      Files.writeString(
          module.resolve("iot_handlers/drivers/Modem.java"),
          TestHandlers.driverThat("Modem", "throw new IllegalStateException(\"asked\");", "")
              .replace("\"bench\"", "\"serial\""));
      assertEquals("Modem", client.awaitDevice(line.box()).path("driver").asText());
      assertFalse(device.hasHeardAnything());
    }
  }

  @Test
  void aDamagedFileOfDecisionsIsPutAside() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.writeString(data.resolve("devices.json"), "{\"pins\": {\"");
    try (BoxProcess box =
        BoxProcess.start("--serial-port", line.box(), "--data", data.toString())) {
      awaitState(box.owner(), "unsupported");
      assertTrue(Files.exists(data.resolve("devices.json.bad-1")));
      assertTrue(box.stderr().contains("no driver is pinned"), box.stderr());
    }
  }

  private Map<String, Object> request(String name, Object value) {
    Map<String, Object> request = new HashMap<>();
    request.put("identifier", line.box());
    request.put(name, value);
    return request;
  }

  private static String post(BoxClient client, String path, Map<String, ?> body, int expected) {
    HttpResponse<String> answer = client.post(path, "application/json", BoxClient.text(body));
    assertEquals(expected, answer.statusCode(), answer.body());
    return answer.body();
  }

  private JsonNode awaitState(BoxClient client, String state) {
    return BoxClient.device(
        client.awaitStatus(
            "the device is " + state,
            status -> BoxClient.device(status, line.box()).path("state").asText().equals(state)),
        line.box());
  }

  /** Waits until the serial interface has looked so often again. */
  private static void awaitRounds(BoxClient client, int rounds) {
    for (int i = 0; i < rounds; i++) {
      String last = lastLook(client.status());
      client.awaitStatus("another look", status -> !lastLook(status).equals(last));
    }
  }

  private static String lastLook(JsonNode status) {
    for (JsonNode listing : status.path("interfaces")) {
      if (listing.path("connectionType").asText().equals("serial")) {
        return listing.path("lastDetection").asText();
      }
    }
    return "";
  }

  private static Instant next(JsonNode status, String identifier) {
    JsonNode next = BoxClient.device(status, identifier).path("probing").path("next");
    return next.isTextual() ? Instant.parse(next.asText()) : null;
  }

  private static void assertAtLeast(Duration least, Duration pause) {
    assertTrue(pause.plus(EARLY).compareTo(least) >= 0, pause + " is less than " + least);
  }
}
