package iotbox.tests;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code /iot/get_handlers} may answer, and what the box makes of it at its second start. */
class HandlerDownloadTest {
  @TempDir Path data;

  @Test
  void sendsTheHashOfTheETagWithoutItsQuotesAndKeepsItsHandlersOnA304() {
    HandlersZip handlers = TestHandlers.bench();
    try (OdooStandIn odoo = OdooStandIn.start().serving(handlers)) {
      startOnce(odoo);

      try (BoxProcess box = BoxProcess.pairedWith(odoo, "--data", data.toString())) {
        LoggedRequest second = awaitRequests(odoo, 2).get(1);
        assertEquals(OdooStandIn.sha256(handlers.bytes()), second.getHeader("If-None-Match"));
        box.client().awaitDevice("bench1");
      }
    }
  }

  @Test
  void remembersThePairingWithoutBeingTold() {
    try (OdooStandIn odoo = OdooStandIn.start().serving(TestHandlers.bench())) {
      startOnce(odoo);

      try (BoxProcess box = BoxProcess.start("--data", data.toString())) {
        JsonNode last = awaitRequests(odoo, 2).isEmpty() ? null : odoo.setups().get(0);
        assertEquals(OdooStandIn.TOKEN, last.path("iot_box").path("token").asText());
        box.client().awaitDevice("bench1");
      }
    }
  }

  @Test
  void takesNewHandlersInTheirPlace() {
    try (OdooStandIn odoo = OdooStandIn.start().serving(TestHandlers.bench())) {
      startOnce(odoo);
      odoo.recover()
          .serving(
              HandlersZip.with("interfaces/BenchInterface.java", TestHandlers.INTERFACE)
                  .and(
                      "drivers/OtherDriver.java",
                      TestHandlers.driverThat("OtherDriver", "return true;", "")));

      try (BoxProcess box = BoxProcess.pairedWith(odoo, "--data", data.toString())) {
        JsonNode status =
            box.client()
                .awaitStatus(
                    "bench1 is driven by the new driver",
                    now ->
                        BoxClient.device(now, "bench1")
                            .path("driver")
                            .asText()
                            .equals("OtherDriver"));
        assertTrue(BoxClient.handler(status, "drivers/BenchDriver.java").isMissingNode());
      }
    }
  }

  static Stream<Arguments> answersWithoutHandlers() {
    byte[] zip = TestHandlers.bench().bytes();
    return Stream.of(
        Arguments.of("nothing (16 and before)", aResponse().withBody(new byte[0])),
        Arguments.of("401 (17 and later)", aResponse().withStatus(401)),
        Arguments.of(
            "a proxy's page",
            aResponse()
                .withStatus(502)
                .withHeader("Content-Type", "text/html")
                .withBody("<html><h1>502 Bad Gateway</h1></html>")),
        Arguments.of(
            "a web page",
            aResponse()
                .withHeader("Content-Type", "text/html")
                .withBody("<!DOCTYPE html><title>Log in</title>")),
        Arguments.of(
            "JSON",
            aResponse()
                .withHeader("Content-Type", "application/json")
                .withBody("{\"error\": \"no such box\"}")),
        Arguments.of("half a zip", aResponse().withBody(Arrays.copyOf(zip, zip.length / 2))),
        Arguments.of(
            "something after PK",
            aResponse().withBody("PK\3\4 is not enough".getBytes(StandardCharsets.ISO_8859_1))),
        Arguments.of(
            "a connection that breaks", aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answersWithoutHandlers")
  void leavesTheInstalledHandlersAsTheyAre(String what, ResponseDefinitionBuilder answer) {
    try (OdooStandIn odoo = OdooStandIn.start().serving(TestHandlers.bench())) {
      startOnce(odoo);
      odoo.servingInstead(answer);

      try (BoxProcess box = BoxProcess.pairedWith(odoo, "--data", data.toString())) {
        awaitRequests(odoo, 2);
        BoxClient client = box.client();
        client.awaitStatus(
            "says what came of the question",
            status -> !status.path("odoo").path("detail").asText("").isEmpty());
        client.awaitDevice("bench1");
        assertEquals(5, client.action("s", "bench1", set(5)).path("result").path("result").asInt());
      }
    }
  }

  @Test
  void aServerWithoutETagIsAskedWithoutOne() {
    try (OdooStandIn odoo =
        OdooStandIn.start("17.0")
            .servingInstead(aResponse().withBody(TestHandlers.bench().bytes()))) {
      startOnce(odoo);

      try (BoxProcess box = BoxProcess.pairedWith(odoo, "--data", data.toString())) {
        awaitRequests(odoo, 2)
            .forEach(request -> assertFalse(request.containsHeader("If-None-Match")));
        box.client().awaitDevice("bench1");
      }
    }
  }

  @Test
  void anotherServersHandlersAreNotKept() {
    try (OdooStandIn first = OdooStandIn.start().serving(TestHandlers.bench());
        OdooStandIn second = OdooStandIn.start()) {
      startOnce(first);

      try (BoxProcess box = BoxProcess.pairedWith(second, "--data", data.toString())) {
        LoggedRequest request = awaitRequests(second, 1).get(0);
        assertNull(request.getHeader("If-None-Match"));
        box.client()
            .awaitStatus(
                "the first server's handlers are gone",
                status -> BoxClient.handler(status, "drivers/BenchDriver.java").isMissingNode());
      }
    }
  }

  private void startOnce(OdooStandIn odoo) {
    try (BoxProcess box = BoxProcess.pairedWith(odoo, "--data", data.toString())) {
      box.client().awaitDevice("bench1");
      // Only then has it had the time to store what it installed.
      Awaitility.await("Odoo is told of the device")
          .until(
              () -> odoo.setups().stream().anyMatch(setup -> setup.at("/devices").has("bench1")));
    }
  }

  private static List<LoggedRequest> awaitRequests(OdooStandIn odoo, int count) {
    return Awaitility.await(count + " requests for handlers")
        .until(() -> odoo.requests(OdooStandIn.GET_HANDLERS), asked -> asked.size() >= count);
  }

  private static java.util.Map<String, Object> set(Object value) {
    return java.util.Map.of("action", "set", "value", value);
  }
}
