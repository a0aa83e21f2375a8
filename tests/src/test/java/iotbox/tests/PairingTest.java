package iotbox.tests;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways by which a box comes to belong to a database, and leaves it, without a restart. */
class PairingTest {
  private static final String CONNECT_BOX = "/connect-box";

  @TempDir Path data;

  @ParameterizedTest
  @ValueSource(strings = {"17.0", "18.0", "saas~19.1"})
  void bothFormsOfATokenPairWithAServerOfEitherLine(String line) {
    try (OdooStandIn odoo = OdooStandIn.start(line);
        BoxProcess box = BoxProcess.start()) {
      for (String token : new String[] {odoo.pairingToken(), odoo.pairingUrl()}) {
        odoo.forgetRequests();
        assertEquals(204, pair(box, token).statusCode());
        assertEquals("connected", state(box).path("state").asText());
        JsonNode asked = odoo.setups().get(0).path("iot_box");
        assertEquals(OdooStandIn.TOKEN, asked.path("token").asText());
        assertEquals(204, unpair(box).statusCode());
        awaitState(box, "unpaired");
      }
    }
  }

  @Test
  void aTokenThatIsNotAcceptedLeavesThePairingAsItIs() throws Exception {
    OdooStandIn ended = OdooStandIn.start();
    String gone = ended.pairingUrl();
    ended.close();
    try (OdooStandIn odoo = OdooStandIn.start();
        OdooStandIn refusing = OdooStandIn.start().refuseBox();
        BoxProcess box = BoxProcess.start("--data", data.toString(), "--odoo", odoo.pairingUrl())) {
      awaitState(box, "connected");
      String kept = Files.readString(data.resolve("credentials.json"));

      HttpResponse<String> refusal = pair(box, refusing.pairingUrl());

      assertEquals(422, refusal.statusCode());
      assertTrue(refusal.body().contains("did not accept the token"), refusal.body());
      assertTrue(refusal.body().contains("Copy a new token"), refusal.body());

      refusal = pair(box, gone);
      assertEquals(422, refusal.statusCode());
      assertTrue(refusal.body().contains("accepts no connection"), refusal.body());
      assertFalse(refusal.body().contains(OdooStandIn.TOKEN), refusal.body());

      assertEquals(400, pair(box, "nonsense").statusCode());
      assertEquals("connected", state(box).path("state").asText());
      assertEquals(odoo.url(), state(box).path("url").asText());
      assertEquals(kept, Files.readString(data.resolve("credentials.json")));
    }
  }

  @Test
  void theBoxMovesToAnotherServerAndToAnotherDatabaseWithoutARestart() {
    try (OdooStandIn first = OdooStandIn.start();
        OdooStandIn second = OdooStandIn.start();
        BoxProcess box = BoxProcess.pairedWith(first)) {
      awaitState(box, "connected");
      assertEquals(204, pair(box, second.pairingUrl()).statusCode());
      assertEquals(second.url(), state(box).path("url").asText());

      String database = second.pairingUrl().replace("db_name=bench", "db_name=other");
      assertEquals(204, pair(box, database).statusCode());
      assertEquals(
          "other",
          second
              .requests(OdooStandIn.SETUP)
              .get(second.requests(OdooStandIn.SETUP).size() - 1)
              .getHeader("X-Odoo-Database"));
      assertTrue(box.isAlive());
    }
  }

  @Test
  void aCodeThatWasTypedIntoOdooPairsTheBox() {
    try (OdooStandIn odoo = OdooStandIn.start()) {
      odoo.answer(
          CONNECT_BOX,
          json(Map.of("result", Map.of("pairing_code", "K4F9", "pairing_uuid", "secret-uuid"))));
      try (BoxProcess box = BoxProcess.start("--pairing-proxy", odoo.url() + CONNECT_BOX)) {
        JsonNode shown =
            box.client()
                .awaitStatus(
                    "a code is shown",
                    status -> status.path("odoo").path("pairingCode").asText().equals("K4F9"));
        assertEquals("unpaired", shown.path("odoo").path("state").asText());
        assertTrue(box.stderr().contains("K4F9"), "in the log");
        assertFalse(shown.toString().contains("secret-uuid"));

        odoo.answer(
            CONNECT_BOX,
            json(
                Map.of(
                    "result",
                    Map.of(
                        "url",
                        odoo.url(),
                        "token",
                        OdooStandIn.TOKEN,
                        "db_uuid",
                        "c0ffee00-0000-4000-8000-000000000001",
                        "enterprise_code",
                        OdooStandIn.ENTERPRISE_CODE))));
        awaitState(box, "connected"); // The code is asked about every 15 s.
        assertTrue(state(box).path("pairingCode").isNull());
        assertFalse(box.stderr().contains("secret-uuid"));
      }
    }
  }

  private static ResponseDefinitionBuilder json(Map<String, ?> answer) {
    return aResponse()
        .withHeader("Content-Type", "application/json")
        .withBody(BoxClient.text(answer));
  }

  private static HttpResponse<String> pair(BoxProcess box, String token) {
    return box.owner()
        .post("/api/pairing", "application/json", BoxClient.text(Map.of("token", token)));
  }

  private static HttpResponse<String> unpair(BoxProcess box) {
    HttpRequest.Builder request = box.owner().request("/api/pairing");
    return box.client().send(request.header("Content-Type", "application/json").DELETE());
  }

  private static JsonNode state(BoxProcess box) {
    return box.client().status().path("odoo");
  }

  private static void awaitState(BoxProcess box, String state) {
    box.client().awaitStatus("Odoo " + state, now -> now.at("/odoo/state").asText().equals(state));
  }
}
