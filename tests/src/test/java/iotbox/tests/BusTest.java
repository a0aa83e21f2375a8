package iotbox.tests;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.odoo.bus.BusStandIn;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Odoo asks for by its bus, and how it hears what came of it. */
class BusTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void carriesOutConfirmsAndComesBack() throws IOException {
    try (OdooStandIn odoo = OdooStandIn.start("19.0").serving(TestHandlers.bench());
        BusStandIn bus = OdooWithBus.inFrontOf(odoo, 0);
        BoxProcess box = BoxProcess.start("--odoo", OdooWithBus.pairing(odoo, bus.url()))) {
      box.client().awaitDevice("bench1");
      await().atMost(SOON).until(() -> bus.subscriptions().size() == 1);
      JsonNode data = bus.subscriptions().get(0).path("data");
      assertEquals(OdooStandIn.TOKEN, data.path("iot_token").asText());
      assertEquals("session_id=" + BusStandIn.SESSION, bus.handshakes().get(0).get("Cookie"));
      box.client()
          .awaitStatus("on the bus", status -> status.at("/odoo/bus/connected").asBoolean());

      bus.send(41, "iot_action", set(5));
      bus.send(41, "iot_action", set(5));
      bus.send(42, "iot_action", set(6));
      await().atMost(SOON).until(() -> bus.confirmations().size() == 2);
      JsonNode confirmed = bus.confirmations().get(0);
      assertEquals("success", confirmed.path("status").asText());
      assertEquals(5, confirmed.path("result").asInt());
      assertEquals("bus1", confirmed.path("session_id").asText());
      assertEquals("bench1", confirmed.path("device_identifier").asText());
      assertEquals(BoxProcess.IDENTIFIER, confirmed.path("iot_box_identifier").asText());
      assertEquals("set", confirmed.at("/action_args/action").asText());
      assertEquals(6, bus.confirmations().get(1).path("result").asInt());

      bus.stop();
      box.client()
          .awaitStatus("off the bus", status -> !status.at("/odoo/bus/connected").asBoolean());
      box.client().action("browser", "bench1", Map.of("action", "set", "value", 7));
      // The answer that the action was taken does not wait until it is done.
      box.client().awaitStatus("one waits", status -> status.at("/odoo/bus/waiting").asInt() == 1);
      try (BusStandIn back = OdooWithBus.inFrontOf(odoo, bus.port())) {
        await().atMost(Duration.ofSeconds(15)).until(() -> back.subscriptions().size() == 1);
        assertEquals(42, back.subscriptions().get(0).at("/data/last").asInt());
        await().atMost(Duration.ofSeconds(15)).until(() -> back.confirmations().size() == 1);
        assertEquals("browser", back.confirmations().get(0).path("session_id").asText());
        back.send(42, "iot_action", set(6));
        back.send(43, "iot_action", set(8));
        await().atMost(SOON).until(() -> back.confirmations().size() == 2);
        assertEquals(8, back.confirmations().get(1).path("result").asInt());
      }
      assertFalse(box.stderr().contains(OdooStandIn.TOKEN), "the log carries no secrets");
    }
  }

  @Test
  void thePairingFollowsWhatTheBusSays() throws IOException {
    try (OdooStandIn odoo = OdooStandIn.start("18.0");
        BusStandIn bus = OdooWithBus.inFrontOf(odoo, 0);
        OdooStandIn elsewhere = OdooStandIn.start("18.0");
        BusStandIn otherBus = OdooWithBus.inFrontOf(elsewhere, 0);
        BoxProcess box = BoxProcess.start("--odoo", OdooWithBus.pairing(odoo, bus.url()))) {
      await().atMost(SOON).until(() -> bus.subscriptions().size() == 1);
      assertEquals(OdooStandIn.CHANNEL, bus.subscriptions().get(0).at("/data/channels/0").asText());
      bus.send("server_update", box("server_url", otherBus.url()));

      await().atMost(SOON).until(() -> otherBus.subscriptions().size() == 1);
      assertEquals(otherBus.url(), box.client().status().at("/odoo/url").asText());
      assertTrue(elsewhere.setups().get(0).at("/iot_box/token").asText().equals(OdooStandIn.TOKEN));
      await().atMost(SOON).until(() -> bus.connected() == 0);

      otherBus.send("server_clear", box("any", "thing"));
      box.client()
          .awaitStatus("unpaired", status -> status.at("/odoo/state").asText().equals("unpaired"));
      await().atMost(SOON).until(() -> otherBus.connected() == 0);
    }
  }

  private static Map<String, Object> set(int value) {
    return Map.of(
        "iot_identifier", BoxProcess.IDENTIFIER,
        "device_identifier", "bench1",
        "session_id", "bus1",
        "action", "set",
        "value", value);
  }

  private static Map<String, Object> box(String name, Object value) {
    return Map.of("iot_identifiers", List.of(BoxProcess.IDENTIFIER), name, value);
  }
}
