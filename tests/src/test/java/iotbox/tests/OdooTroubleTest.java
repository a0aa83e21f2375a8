package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An Odoo that refuses, fails, is slow or is not there. */
class OdooTroubleTest {
  @Test
  void helloIsAnsweredWhileOdooIsSilent() {
    try (OdooStandIn odoo = OdooStandIn.start().hang(20_000);
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      HttpResponse<String> hello = box.client().get("/hw_proxy/hello");

      assertEquals(200, hello.statusCode());
      assertEquals("ping", hello.body());
      assertEquals(
          "connecting", box.client().status().path("odoo").path("state").asText(), "still waiting");
    }
  }

  @Test
  void helloIsAnsweredAndTheStateShownWhileOdooIsUnreachable() throws IOException {
    String url;
    try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      url =
          "http://127.0.0.1:"
              + nobody.getLocalPort()
              + "?token=some-token&db_uuid=some-uuid&enterprise_code=some-code";
    }
    try (BoxProcess box = BoxProcess.start("--odoo", url)) {
      assertEquals("ping", box.client().get("/hw_proxy/hello").body());
      JsonNode odoo = awaitState(box, "unreachable");
      assertFalse(odoo.path("detail").asText().isBlank(), "says why");
      assertEquals("ping", box.client().get("/hw_proxy/hello").body());
    }
  }

  @Test
  void connectsWhenOdooComesBack() {
    try (OdooStandIn odoo = OdooStandIn.start().breakConnections();
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      awaitState(box, "unreachable");
      odoo.recover().serving(TestHandlers.bench());
      awaitState(box, "connected");
      box.client().awaitDevice("bench1");
    }
  }

  @Test
  void aRefusalIsShownAndNoHandlersAreAskedFor() {
    try (OdooStandIn odoo = OdooStandIn.start().serving(TestHandlers.bench()).refuseBox();
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      JsonNode state = awaitState(box, "refused");

      assertTrue(state.path("detail").asText().contains("token"), state.toString());
      assertEquals(odoo.url(), state.path("url").asText());
      assertTrue(odoo.requests(OdooStandIn.GET_HANDLERS).isEmpty());
    }
  }

  @Test
  void anErrorInsideAnAnswerIsShownInOdoosWords() {
    try (OdooStandIn odoo = OdooStandIn.start().failAtSetup("The moon is in the wrong phase");
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      JsonNode state = awaitState(box, "unreachable");

      assertTrue(state.path("detail").asText().contains("The moon is in the wrong phase"));
    }
  }

  @Test
  void aBoxWithoutOdooServesAndSaysSo() {
    try (BoxProcess box = BoxProcess.start()) {
      JsonNode status = box.client().status();

      assertEquals("unpaired", status.path("odoo").path("state").asText());
      assertEquals(BoxProcess.IDENTIFIER, status.path("box").path("identifier").asText());
      assertEquals("ping", box.client().get("/hw_proxy/hello").body());
    }
  }

  @Test
  void theFourPartTokenOfOlderServersPairsToo() {
    try (OdooStandIn odoo = OdooStandIn.start("17.0").serving(TestHandlers.bench());
        BoxProcess box = BoxProcess.start("--odoo", odoo.pairingToken())) {
      box.client().awaitDevice("bench1");

      assertEquals(OdooStandIn.TOKEN, odoo.setups().get(0).path("iot_box").path("token").asText());
    }
  }

  @Test
  void secretsAppearNowhere() {
    try (OdooStandIn odoo = OdooStandIn.start().refuseBox();
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      awaitState(box, "refused");
      String said =
          Stream.of(
                  box.client().get("/api/status").body(),
                  box.client().get("/").body(),
                  box.owner().get("/hw_drivers/download_logs").body(),
                  box.stdout(),
                  box.stderr())
              .reduce("", String::concat);

      assertFalse(said.contains(OdooStandIn.TOKEN), "the token");
      assertFalse(said.contains(OdooStandIn.ENTERPRISE_CODE), "the enterprise code");
    }
  }

  @Test
  void aServerThatRepeatsTheTokenDoesNotMakeTheBoxShowIt() {
    try (OdooStandIn odoo =
            OdooStandIn.start().failAtSetup("No box has the token " + OdooStandIn.TOKEN);
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      JsonNode state = awaitState(box, "unreachable");

      assertTrue(state.path("detail").asText().contains("No box has the token"));
      assertFalse(state.path("detail").asText().contains(OdooStandIn.TOKEN));
      assertFalse(box.stderr().contains(OdooStandIn.TOKEN));
    }
  }

  private static JsonNode awaitState(BoxProcess box, String state) {
    return box.client()
        .awaitStatus(
            "Odoo " + state, status -> status.path("odoo").path("state").asText().equals(state))
        .path("odoo");
  }
}
