package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A box in front of a server of each line, on the wire. */
class ServerLinesTest {
  private static final Set<String> BOOT =
      Set.of(OdooStandIn.VERSION_INFO, OdooStandIn.SETUP, OdooStandIn.GET_HANDLERS);

  /** A device that no driver takes. */
  private static final String ODD =
      TestHandlers.interfaceThat(
          "OddInterface",
          "usb",
          "return Map.of(\"odd1\", Device.of(Map.of(\"product\", \"Odd\")));");

  private static HandlersZip handlers() {
    return TestHandlers.bench().and("interfaces/OddInterface.java", ODD);
  }

  @ParameterizedTest(name = "Odoo {0}")
  @CsvSource({
    // serie, fields in the root, in params, called by its MAC, handlers asked by, ETag, unsupported
    "13.0,      true,  false, true,  mac,            false, false",
    "16.0,      true,  true,  true,  mac,            false, false",
    "17.0,      false, true,  true,  identifier mac, false, false",
    "18.0,      false, true,  false, identifier,     true,  false",
    "19.0,      false, true,  false, identifier,     true,  true",
    "saas~19.1, false, true,  false, identifier,     true,  true",
  })
  void isSpokenToInItsOwnWay(
      String serie,
      boolean root,
      boolean params,
      boolean byMac,
      String fields,
      boolean tagged,
      boolean unsupported)
      throws Exception {
    try (OdooStandIn odoo = OdooStandIn.start(serie).serving(handlers());
        BoxProcess box = BoxProcess.start("--odoo", odoo.pairing())) {
      BoxClient client = box.client();
      client.awaitDevice("bench1");
      client.awaitStatus(
          "odd1 is listed",
          status -> BoxClient.device(status, "odd1").path("state").asText().equals("unsupported"));
      Set<String> expected = unsupported ? Set.of("bench1", "odd1") : Set.of("bench1");
      Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> told(odoo).equals(expected));

      assertEquals(
          List.of(
              OdooStandIn.VERSION_INFO,
              OdooStandIn.SETUP,
              OdooStandIn.GET_HANDLERS,
              OdooStandIn.SETUP),
          odoo.requests().stream()
              .map(LoggedRequest::getUrl)
              .filter(BOOT::contains)
              .toList()
              .subList(0, 4));

      JsonNode body = BoxClient.json(odoo.requests(OdooStandIn.SETUP).get(0).getBodyAsString());
      assertEquals(root, body.has("identifier") && body.has("token") && body.has("devices"));
      assertEquals(params, body.has("params"));

      JsonNode iotBox = odoo.setups().get(0).path("iot_box");
      String mac = iotBox.path("mac").asText();
      String name = byMac && !mac.isEmpty() ? mac : BoxProcess.IDENTIFIER;
      odoo.setups().forEach(setup -> assertEquals(name, identifier(setup)));
      if (unsupported) {
        JsonNode odd = last(odoo).path("odd1");
        assertEquals("unsupported", odd.path("type").asText());
        assertEquals("direct", odd.path("connection").asText());
        assertEquals("Odd", odd.path("name").asText());
      }

      assertAsksForHandlers(odoo, client, fields, name, tagged);
      assertEquals(name, answer(client).path("iot_box_identifier").asText());
      assertEquals(BoxProcess.IDENTIFIER, client.status().path("box").path("identifier").asText());
    }
  }

  private static void assertAsksForHandlers(
      OdooStandIn odoo, BoxClient client, String fields, String name, boolean tagged) {
    client.asOwner().post("/api/handlers/reload", "application/json", "{}");
    Awaitility.await().until(() -> odoo.requests(OdooStandIn.GET_HANDLERS).size() > 1);
    List<LoggedRequest> requests = odoo.requests(OdooStandIn.GET_HANDLERS);
    assertFalse(requests.get(0).containsHeader("If-None-Match"));
    assertEquals(tagged, requests.get(1).containsHeader("If-None-Match"));
    for (LoggedRequest request : requests) {
      Set<String> expected = new TreeSet<>();
      for (String field : fields.split(" ")) {
        expected.add(field + "=" + name);
      }
      expected.add("auto=" + (request == requests.get(0) ? "True" : "False"));
      assertEquals(expected, new TreeSet<>(OdooStandIn.formFields(request)));
    }
  }

  /** What a page hears after an action. */
  private static JsonNode answer(BoxClient client) throws Exception {
    CompletableFuture<JsonNode> poll = client.poll("/hw_drivers/event", "a-session", 0, "bench1");
    client.actionAsText("bench1", Map.of("action", "set", "value", 5));
    JsonNode result = poll.get(10, TimeUnit.SECONDS).path("result");
    assertEquals(5, result.path("value").asInt());
    return result;
  }

  @Test
  void anUpgradedServerIsSpokenToInItsNewLine() {
    try (OdooStandIn odoo = OdooStandIn.start("17.0").serving(handlers());
        BoxProcess box = BoxProcess.start("--odoo", odoo.pairing(), "--handlers-interval", "1")) {
      box.client().awaitDevice("bench1");
      Awaitility.await().until(() -> told(odoo).contains("bench1"));

      odoo.breakConnections();
      box.owner().post("/api/handlers/reload", "application/json", "{}");
      box.client()
          .awaitStatus(
              "the loss is noticed",
              status -> status.path("odoo").path("state").asText().equals("unreachable"));
      odoo.forgetRequests();
      odoo.become("19.0").serving(handlers());
      Awaitility.await()
          .atMost(15, TimeUnit.SECONDS)
          .until(() -> odoo.setups().stream().anyMatch(s -> s.path("devices").has("odd1")));
      Awaitility.await().until(() -> !odoo.requests(OdooStandIn.GET_HANDLERS).isEmpty());

      assertEquals(BoxProcess.IDENTIFIER, identifier(odoo.setups().get(0)));
      assertEquals(
          Set.of("identifier=" + BoxProcess.IDENTIFIER, "auto=False"),
          Set.copyOf(OdooStandIn.formFields(odoo.requests(OdooStandIn.GET_HANDLERS).get(0))));
      assertNotNull(box.client().awaitDevice("bench1"));
    }
  }

  @Test
  void aHundredDevicesThatAppearAtOnceAreToldTogether(@TempDir Path folder) throws Exception {
    Path list = Files.writeString(folder.resolve("devices"), "first\n");
    HandlersZip handlers =
        HandlersZip.with("interfaces/ListedInterface.java", TestHandlers.interfaceListing(list))
            .and("drivers/BenchDriver.java", TestHandlers.DRIVER);
    try (OdooStandIn odoo = OdooStandIn.start("18.0").serving(handlers);
        BoxProcess box = BoxProcess.start("--odoo", odoo.pairing())) {
      box.client().awaitDevice("first");
      Awaitility.await().until(() -> told(odoo).size() == 1);
      int before = odoo.setups().size();

      StringBuilder hundred = new StringBuilder("first\n");
      for (int i = 1; i <= 100; i++) {
        hundred.append("more").append(i).append('\n');
      }
      Path next = Files.writeString(folder.resolve("next"), hundred);
      Files.move(next, list, StandardCopyOption.ATOMIC_MOVE);

      Awaitility.await().atMost(5, TimeUnit.SECONDS).until(() -> told(odoo).size() == 101);
      // One, unless this machine takes longer to open them than a change may wait.
      int calls = odoo.setups().size() - before;
      assertTrue(calls <= 2, calls + " calls");
    }
  }

  @Test
  void devicesThatOdooWouldDropAreNamed() {
    String driver =
        TestHandlers.driverThat(
            "ToasterDriver", "return true;", "deviceType(\"toaster\"); deviceConnection(\"usb\");");
    try (OdooStandIn odoo =
            OdooStandIn.start("18.0")
                .serving(TestHandlers.bench().and("drivers/ToasterDriver.java", driver));
        BoxProcess box = BoxProcess.start("--odoo", odoo.pairing())) {
      box.client().awaitDevice("bench1");
      JsonNode status =
          box.client()
              .awaitStatus(
                  "the device is named",
                  now -> now.path("odoo").path("detail").asText().contains("bench1"));
      String detail = status.path("odoo").path("detail").asText();
      assertTrue(detail.contains("bench1 (type toaster, connection usb)"), detail);
      assertEquals("connected", status.path("odoo").path("state").asText());
      assertEquals(Set.of(), told(odoo));
    }
  }

  private static String identifier(JsonNode setup) {
    return setup.path("iot_box").path("identifier").asText();
  }

  /** The identifiers of the devices of the last {@code /iot/setup}. */
  private static Set<String> told(OdooStandIn odoo) {
    Set<String> names = new TreeSet<>();
    last(odoo).fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode last(OdooStandIn odoo) {
    List<JsonNode> setups = odoo.setups();
    return setups.isEmpty() ? BoxClient.json("{}") : setups.get(setups.size() - 1).path("devices");
  }
}
