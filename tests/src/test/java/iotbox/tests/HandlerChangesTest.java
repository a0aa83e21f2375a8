package iotbox.tests;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What becomes of a running box when Odoo's handlers change, are refused, or are another's. */
class HandlerChangesTest {
  private static final String DRIVER = "drivers/BenchDriver.java";

  @Test
  void aHandlerThatIsRemovedOnTheServerTakesItsDevicesAlong() {
    try (OdooStandIn odoo = OdooStandIn.start().serving(TestHandlers.bench());
        BoxProcess box = BoxProcess.pairedWith(odoo, "--handlers-interval", "1")) {
      BoxClient client = box.client();
      client.awaitDevice("bench1");

      odoo.recover()
          .serving(HandlersZip.with("interfaces/BenchInterface.java", TestHandlers.INTERFACE));

      JsonNode status =
          client.awaitStatus(
              "the driver is gone", now -> BoxClient.handler(now, DRIVER).isMissingNode());
      client.awaitStatus(
          "nobody has its device", now -> BoxClient.device(now, "bench1").path("driver").isNull());
      assertEquals(
          "disconnected",
          client.action("s", "bench1", Map.of("action", "set")).at("/result/status").asText());
      assertFalse(BoxClient.handler(status, "interfaces/BenchInterface.java").isMissingNode());

      odoo.recover().serving(HandlersZip.with("drivers/readme.txt", "none"));
      client.awaitStatus(
          "the interface and its device are gone",
          now ->
              BoxClient.device(now, "bench1").isMissingNode()
                  && BoxClient.handler(now, "interfaces/BenchInterface.java").isMissingNode());
    }
  }

  @Test
  void filesForAnotherSystemAreLeftOut() {
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
    String here = windows ? "W" : "L";
    String there = windows ? "L" : "W";
    String broken = TestHandlers.DRIVER.replace("BenchDriver", "BenchDriver_" + there) + "}";
    String right = TestHandlers.DRIVER.replace("BenchDriver", "BenchDriver_" + here);
    try (OdooStandIn odoo =
            OdooStandIn.start()
                .serving(
                    HandlersZip.with("interfaces/BenchInterface.java", TestHandlers.INTERFACE)
                        .and("drivers/BenchDriver_" + there + ".java", broken)
                        .and("drivers/BenchDriver_" + here + ".java", right));
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      JsonNode device = box.client().awaitDevice("bench1");
      JsonNode status = box.client().status();

      assertEquals("BenchDriver_" + here, device.path("driver").asText());
      JsonNode other = BoxClient.handler(status, "drivers/BenchDriver_" + there + ".java");
      assertEquals("skipped", other.path("state").asText());
      assertTrue(other.at("/diagnostics/0/message").asText().contains("only"), other.toString());
    }
  }

  @Test
  void aRefusalOfTheAutomaticUpdateIsToldAndAPersonMayStillLoad() {
    try (OdooStandIn odoo = OdooStandIn.start().serving(TestHandlers.bench());
        BoxProcess box = BoxProcess.pairedWith(odoo, "--handlers-interval", "1")) {
      BoxClient client = box.client();
      client.awaitDevice("bench1");

      odoo.servingInstead(aResponse().withStatus(401));
      client.awaitStatus(
          "says that updates are off",
          now -> now.at("/odoo/detail").asText().contains("automatic update"));
      assertEquals("connected", client.awaitDevice("bench1").path("state").asText());

      odoo.forgetRequests();
      assertEquals(
          200,
          client
              .asOwner()
              .post("/iot_drivers/load_iot_handlers", "application/json", "{}")
              .statusCode());
      LoggedRequest asked =
          Awaitility.await("a question of a person's")
              .until(
                  () ->
                      odoo.requests(OdooStandIn.GET_HANDLERS).stream()
                          .filter(each -> OdooStandIn.formFields(each).contains("auto=False"))
                          .findFirst()
                          .orElse(null),
                  request -> request != null);
      assertTrue(asked.containsHeader("If-None-Match"));
      client.awaitDevice("bench1");
    }
  }

  @Test
  void anotherServerIsAskedWithoutTheFormersETagAndItsHandlersGo() {
    try (OdooStandIn first = OdooStandIn.start().serving(TestHandlers.bench());
        OdooStandIn second =
            OdooStandIn.start()
                .serving(
                    HandlersZip.with("interfaces/BenchInterface.java", TestHandlers.INTERFACE));
        BoxProcess box = BoxProcess.pairedWith(first)) {
      BoxClient client = box.client();
      client.awaitDevice("bench1");

      String token = BoxClient.text(Map.of("token", second.pairingUrl()));
      assertEquals(
          204, client.asOwner().post("/api/pairing", "application/json", token).statusCode());

      client.awaitStatus(
          "the second server's handlers run alone",
          now ->
              BoxClient.handler(now, DRIVER).isMissingNode()
                  && BoxClient.handler(now, "interfaces/BenchInterface.java")
                      .path("state")
                      .asText()
                      .equals("loaded")
                  && BoxClient.device(now, "bench1").path("driver").isNull());
      LoggedRequest asked = second.requests(OdooStandIn.GET_HANDLERS).get(0);
      assertFalse(asked.containsHeader("If-None-Match"));
    }
  }
}
