package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Odoo sees of a box that starts, on the wire. */
class BootSequenceTest {
  private static final Set<String> BOOT =
      Set.of(OdooStandIn.VERSION_INFO, OdooStandIn.SETUP, OdooStandIn.GET_HANDLERS);

  @Test
  void followsTheOrderOfARealBox() {
    try (OdooStandIn odoo = OdooStandIn.start().serving(TestHandlers.bench());
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      box.client().awaitDevice("bench1");
      awaitSetupWith(odoo, "bench1");

      List<String> paths =
          odoo.requests().stream().map(LoggedRequest::getUrl).filter(BOOT::contains).toList();
      assertEquals(
          List.of(
              OdooStandIn.VERSION_INFO,
              OdooStandIn.SETUP,
              OdooStandIn.GET_HANDLERS,
              OdooStandIn.SETUP),
          paths.subList(0, 4));
    }
  }

  @Test
  void registersTheBoxBeforeItsDevices() {
    try (OdooStandIn odoo = OdooStandIn.start().serving(TestHandlers.bench());
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      awaitSetupWith(odoo, "bench1");

      LoggedRequest request = odoo.requests(OdooStandIn.SETUP).get(0);
      assertEquals(RequestMethod.POST, request.getMethod());
      assertTrue(request.getHeader("Content-Type").startsWith("application/json"));
      JsonNode body = BoxClient.json(request.getBodyAsString());
      assertEquals("2.0", body.path("jsonrpc").asText());
      JsonNode iotBox = body.path("params").path("iot_box");
      assertEquals(BoxProcess.IDENTIFIER, iotBox.path("identifier").asText());
      assertEquals(OdooStandIn.TOKEN, iotBox.path("token").asText());
      assertTrue(iotBox.path("version").asText().startsWith("L"), "the version begins with L");
      assertFalse(iotBox.path("ip").asText().isEmpty(), "the address is told");
      assertTrue(
          iotBox.path("mac").asText().matches("([0-9a-f]{2}:){5}[0-9a-f]{2}|"),
          iotBox.path("mac").asText());
      assertTrue(body.path("params").path("devices").isObject());
      assertFalse(body.path("params").path("devices").has("bench1"), "not known yet");
      assertTrue(box.isAlive());
    }
  }

  @Test
  void tellsEveryFieldOfADevice() {
    try (OdooStandIn odoo = OdooStandIn.start().serving(TestHandlers.bench());
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      JsonNode device = awaitSetupWith(odoo, "bench1").path("devices").path("bench1");

      assertEquals("Bench bench1", device.path("name").asText());
      assertEquals("scale", device.path("type").asText());
      assertEquals("serial", device.path("connection").asText());
      assertEquals("Bench Works", device.path("manufacturer").asText());
      assertTrue(device.has("subtype"));
      assertTrue(box.isAlive());
    }
  }

  @Test
  void asksForHandlersAsAFormAndSaysThatNobodyPressedAButton() {
    try (OdooStandIn odoo = OdooStandIn.start().serving(TestHandlers.bench());
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      box.client().awaitDevice("bench1");

      LoggedRequest request = odoo.requests(OdooStandIn.GET_HANDLERS).get(0);
      assertEquals(RequestMethod.POST, request.getMethod());
      assertTrue(request.getHeader("Content-Type").startsWith("application/x-www-form-urlencoded"));
      List<String> fields = OdooStandIn.formFields(request);
      assertTrue(fields.contains("identifier=" + BoxProcess.IDENTIFIER), fields.toString());
      assertTrue(fields.contains("auto=True"), fields.toString());
      assertFalse(request.containsHeader("If-None-Match"), "nothing is installed yet");
    }
  }

  @Test
  void sendsTheFullListOfDevicesOnEveryChange(@TempDir Path folder) throws Exception {
    Path list = Files.writeString(folder.resolve("devices"), "one\ntwo\n");
    HandlersZip handlers =
        HandlersZip.with("interfaces/ListedInterface.java", TestHandlers.interfaceListing(list))
            .and("drivers/BenchDriver.java", TestHandlers.DRIVER);
    try (OdooStandIn odoo = OdooStandIn.start().serving(handlers);
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      awaitDevicesAtOdoo(odoo, Set.of("one", "two"));

      Files.writeString(list, "one\ntwo\nthree\n");
      awaitDevicesAtOdoo(odoo, Set.of("one", "two", "three"));

      Files.writeString(list, "three\n");
      awaitDevicesAtOdoo(odoo, Set.of("three"));
      assertEquals("connected", box.client().status().path("odoo").path("state").asText());
    }
  }

  @Test
  void compilesWhatIsRightForEachCompilerAndSaysWhich() {
    String modern =
        TestHandlers.driverThat(
            "ModernDriver",
            "return java.util.stream.Stream.of(1, 2).anyMatch(n -> n > 2);",
            "record Point(int x, int y) {} deviceName(new Point(1, 2).toString());");
    try (OdooStandIn odoo =
            OdooStandIn.start()
                .serving(TestHandlers.bench().and("drivers/ModernDriver.java", modern));
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      JsonNode status =
          box.client()
              .awaitStatus(
                  "three handlers",
                  now -> !BoxClient.handler(now, "drivers/ModernDriver.java").isMissingNode());

      JsonNode simple = BoxClient.handler(status, "drivers/BenchDriver.java");
      assertEquals("loaded", simple.path("state").asText());
      assertEquals("driver", simple.path("kind").asText());
      assertEquals("BenchDriver", simple.path("className").asText());
      assertEquals("bench", simple.path("connectionType").asText());
      assertEquals(0, simple.path("priority").asInt(-1));
      assertEquals("janino", simple.path("compiler").asText());
      JsonNode other = BoxClient.handler(status, "drivers/ModernDriver.java");
      assertEquals("loaded", other.path("state").asText(), other.toString());
      assertEquals(10, other.path("priority").asInt(-1));
      assertEquals("ecj", other.path("compiler").asText());
      JsonNode listing = BoxClient.handler(status, "interfaces/BenchInterface.java");
      assertEquals("interface", listing.path("kind").asText());
      assertNotEquals(0, status.path("generation").asInt());
    }
  }

  private static JsonNode awaitSetupWith(OdooStandIn odoo, String device) {
    return Awaitility.await("/iot/setup with " + device)
        .until(
            () ->
                odoo.setups().stream()
                    .filter(params -> params.path("devices").has(device))
                    .findFirst(),
            java.util.Optional::isPresent)
        .get();
  }

  private static void awaitDevicesAtOdoo(OdooStandIn odoo, Set<String> identifiers) {
    Awaitility.await("/iot/setup with " + identifiers)
        .untilAsserted(
            () -> {
              List<JsonNode> setups = odoo.setups();
              assertFalse(setups.isEmpty());
              JsonNode last = setups.get(setups.size() - 1).path("devices");
              Set<String> bench = new TreeSet<>();
              last.properties()
                  .forEach(
                      device -> {
                        if (device.getValue().path("type").asText().equals("scale")) {
                          bench.add(device.getKey());
                        }
                      });
              assertEquals(identifiers, bench);
            });
  }
}
