package iotbox.box.odoo;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import iotbox.box.odoo.DisplayUrls.Told;
import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.odoo.wire.OdooClient;
import iotbox.box.odoo.wire.OdooConnection;
import iotbox.box.odoo.wire.ServerLine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DisplayUrlsTest {
  private static final String DISPLAY_URL = "/iot/box/box-1/display_url";
  private static final String SCREEN_URL = "/iot/box/box-1/screen_url";

  private final FakeOdoo odoo = new FakeOdoo();
  private final OdooClient client = new OdooClient(Duration.ofSeconds(2));
  private List<String> displays = List.of("HDMI-1", "HDMI-2");
  private final DisplayUrls urls = new DisplayUrls(Runnable::run, () -> "box-1", () -> displays);

  @AfterEach
  void close() {
    client.close();
    odoo.close();
  }

  private void connect() {
    Pairing pairing = odoo.pairing();
    urls.connected(
        new OdooConnection(pairing, client.server(pairing), null, ServerLine.of("18.0")));
  }

  private Told told(Map<String, String> wanted) {
    return new Told(odoo.pairing().url(), wanted);
  }

  @Test
  void asksOdooForThePageOfEachDisplay() {
    odoo.on(
        DISPLAY_URL,
        call ->
            FakeOdoo.text(
                200, "text/html", "{\"HDMI-1\": \"https://a.example/\", \"HDMI-2\": false}"));
    connect();
    assertEquals(told(Map.of("HDMI-1", "https://a.example/")), urls.told());
    assertEquals("GET", odoo.calls(DISPLAY_URL).get(0).method());
  }

  @Test
  void serversOf13HaveAnotherNameForItAndOnePageForAll() {
    odoo.on(DISPLAY_URL, call -> FakeOdoo.html(404));
    odoo.on(SCREEN_URL, call -> FakeOdoo.text(200, "text/html", "http://a.example/x\n"));
    connect();
    assertEquals(
        told(Map.of("HDMI-1", "http://a.example/x", "HDMI-2", "http://a.example/x")), urls.told());
  }

  @Test
  void nobodyIsAskedWithoutDisplays() {
    displays = List.of();
    connect();
    assertNull(urls.told());
    assertEquals(List.of(), odoo.calls(DISPLAY_URL));
  }

  @Test
  void whatWentWrongLeavesItUnknown() {
    odoo.on(DISPLAY_URL, call -> FakeOdoo.html(502));
    connect();
    assertNull(urls.told());
  }

  @Test
  void whatIsNoAnswerIsNoWish() {
    for (String answer : List.of("", "[]", "\"x\"", "{\"HDMI-1\": 5}", "<html>", "{")) {
      odoo.on(DISPLAY_URL, call -> FakeOdoo.text(200, "text/html", answer));
      connect();
      assertEquals(told(Map.of()), urls.told(), answer);
    }
  }

  @Test
  void whatAServerWantedGoesWithIt() {
    odoo.on(DISPLAY_URL, call -> FakeOdoo.json("{\"HDMI-1\": \"https://a.example/\"}"));
    connect();
    await().until(() -> urls.told() != null);
    urls.parted();
    assertNull(urls.told());
    urls.unpaired();
    assertEquals(new Told(null, Map.of()), urls.told());
  }
}
