package iotbox.box.odoo;

import static iotbox.box.odoo.DeviceListTest.device;
import static iotbox.box.odoo.DeviceListTest.unsupported;
import static iotbox.box.odoo.FakeOdoo.HANDLERS;
import static iotbox.box.odoo.FakeOdoo.SETUP;
import static iotbox.box.odoo.FakeOdoo.VERSION;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.odoo.FakeOdoo.Call;
import iotbox.box.odoo.OdooStatus.State;
import iotbox.box.odoo.pairing.Pairing;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every exchange of the link with a server of each line, on the wire. */
class ServerLinesWireTest {
  private static final String MAC = "02:fc:00:00:00:01";
  private static final String SERIAL = "box-1";

  @TempDir Path folder;
  private LineOdoo odoo;
  private LinkFixture box;

  @AfterEach
  void end() {
    if (box != null) {
      box.close();
    }
    odoo.close();
  }

  private static String name(String serie) {
    return serie.matches("1[3-7]\\.0") ? MAC : SERIAL;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"13.0", "14.0", "15.0", "16.0", "17.0", "18.0", "saas~18.2", "19.0", "saas~19.1"})
  void isTakenAndGetsItsHandlers(String serie) {
    connect(serie);
    await().until(() -> !box.installed.isEmpty());
    assertArrayEquals(LineOdoo.HANDLERS, box.installed.get(0));
    assertEquals(Set.of(name(serie)), odoo.boxes.keySet(), "by one name only");
    assertEquals(name(serie), box.link.identifier());
    assertEquals(List.of(VERSION, SETUP, HANDLERS), odoo.wire.paths().subList(0, 3));
    assertEquals(Optional.of(serie), box.link.serverSerie());
    assertNull(box.link.status().detail());
    for (Call call : odoo.wire.calls) {
      assertEquals("POST", call.method());
      assertEquals(
          call.path().equals(HANDLERS) ? "application/x-www-form-urlencoded" : "application/json",
          call.header("Content-type"));
      assertEquals("OdooIoTBox/1.0", call.header("User-agent"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "13.0, true, false",
    "15.0, true, true",
    "16.0, true, true",
    "17.0, false, true",
    "18.0, false, true",
    "19.0, false, true"
  })
  void tellsOfItselfWhereTheServerLooks(String serie, boolean root, boolean params) {
    connect(serie);
    JsonNode body = odoo.wire.calls(SETUP).get(0).json();
    assertEquals("2.0", body.path("jsonrpc").asText());
    assertEquals("call", body.path("method").asText());
    assertEquals(params, body.has("params"));
    assertEquals(root, body.has("identifier"));
    assertEquals(root, body.has("devices"));
    if (root) {
      assertIsBox(name(serie), body);
      assertTrue(body.path("devices").has("a"));
    }
    if (params) {
      assertIsBox(name(serie), body.path("params").path("iot_box"));
      assertTrue(body.path("params").path("devices").has("a"));
    }
  }

  private static void assertIsBox(String identifier, JsonNode box) {
    assertEquals(identifier, box.path("identifier").asText());
    assertEquals(MAC, box.path("mac").asText());
    assertEquals("192.0.2.2", box.path("ip").asText());
    assertEquals("s3cret-t0ken", box.path("token").asText());
    assertEquals("L1.0", box.path("version").asText());
    assertEquals("till", box.path("name").asText());
    assertEquals(SERIAL, box.path("serial_number").asText());
  }

  @ParameterizedTest
  @CsvSource({
    "13.0, mac",
    "16.0, mac",
    "17.0, identifier mac",
    "18.0, identifier",
    "19.0, identifier"
  })
  void asksForHandlersByTheNamesThatTheServerKnows(String serie, String fields) {
    connect(serie);
    await().until(() -> !odoo.wire.calls(HANDLERS).isEmpty());
    box.link.reloadHandlers();
    await().until(() -> forms().stream().anyMatch(form -> form.get("auto").equals("False")));
    assertEquals("True", forms().get(0).get("auto"));
    for (Map<String, String> form : forms()) {
      assertEquals(fields.split(" ").length + 1, form.size(), form.toString());
      for (String field : fields.split(" ")) {
        assertEquals(name(serie), form.get(field));
      }
    }
  }

  private List<Map<String, String>> forms() {
    return odoo.wire.calls(HANDLERS).stream().map(LineOdoo::form).toList();
  }

  @ParameterizedTest
  @CsvSource({"13.0, false", "16.0, false", "17.0, false", "18.0, true", "19.0, true"})
  void sendsATagWhereThereAreAny(String serie, boolean tagged) {
    connect(serie);
    await().until(() -> !box.installed.isEmpty());
    box.link.reloadHandlers();
    await().until(() -> odoo.wire.calls(HANDLERS).size() > 1);
    assertEquals(
        tagged ? HandlerCache.hash(LineOdoo.HANDLERS) : null,
        odoo.wire.calls(HANDLERS).get(1).header("If-None-Match"));
    box.settle();
    assertEquals(1, box.installed.size(), "The same handlers are not installed twice");
  }

  @ParameterizedTest
  @CsvSource({"13.0, false", "16.0, false", "17.0, false", "18.0, false", "19.0, true"})
  void listsWhatNoDriverTookWhereTheServerHasATypeForIt(String serie, boolean listed) {
    connect(serie);
    box.devices.set(List.of(device("a", "scale", "serial"), unsupported("u", "u", "usb")));
    box.link.devicesChanged();
    box.settle();
    assertEquals(listed ? Set.of("a", "u") : Set.of("a"), odoo.boxes.get(name(serie)));
    assertEquals(listed ? 2 : 1, odoo.wire.calls(SETUP).size());
    if (listed) {
      assertEquals(
          "{\"name\":\"Unknown device (usb)\",\"type\":\"unsupported\",\"manufacturer\":\"Maker\","
              + "\"connection\":\"direct\",\"subtype\":\"\"}",
          odoo.wire.calls(SETUP).get(1).params().path("devices").path("u").toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"16.0", "17.0", "18.0", "19.0"})
  void showsThatItsTokenIsRefused(String serie) {
    odoo = new LineOdoo(serie);
    box = new LinkFixture(folder, LinkFixture.FAST);
    box.link.pair(new Pairing(odoo.wire.url(), "another", null, null, null));
    box.awaitState(State.REFUSED);
    assertEquals(Map.of(), odoo.boxes);
  }

  /** They answer nothing in either case; that the handlers are refused says enough. */
  @ParameterizedTest
  @ValueSource(strings = {"13.0", "15.0"})
  void saysThatItIsUnknownWhereTheServerRefusesSilently(String serie) {
    odoo = new LineOdoo(serie);
    box = new LinkFixture(folder, LinkFixture.FAST);
    box.link.pair(new Pairing(odoo.wire.url(), "another", null, null, null));
    await().until(() -> box.link.status().detail() != null);
    assertTrue(box.link.status().detail().contains("does not know this box"));
    odoo.wire.on(SETUP, call -> FakeOdoo.json("{\"jsonrpc\":\"2.0\",\"result\":null}"));
    box.address.set("192.0.2.9");
    box.awaitState(State.REFUSED);
  }

  @Test
  void reachesAServerThatDoesNotTellItsLineWhereverItLooks() {
    for (String serie : new String[] {"13.0", "16.0", "17.0", "18.0", "19.0"}) {
      try (LineOdoo silent = new LineOdoo(serie);
          LinkFixture other = new LinkFixture(folder.resolve(serie), LinkFixture.FAST)) {
        silent.wire.on(VERSION, call -> FakeOdoo.html(404));
        other.link.pair(silent.wire.pairing());
        other.devices.set(List.of(device("a", "scale", "serial")));
        // Of those without a bus the answer cannot be told from a refusal.
        await().until(() -> Set.of("a").equals(silent.boxes.get(SERIAL)));
        if (!serie.equals("13.0")) {
          await().until(() -> !other.installed.isEmpty());
        }
        assertEquals(SERIAL, other.link.identifier());
        assertEquals(Optional.empty(), other.link.serverSerie());
      }
    }
    odoo = new LineOdoo("18.0");
  }

  @Test
  void noticesAnUpgradeWithoutALossAndSpeaksTheNewLine() {
    connect("17.0");
    await().until(() -> !box.installed.isEmpty());
    int before = odoo.wire.calls(HANDLERS).size();
    odoo.become("19.0");
    await().until(() -> odoo.boxes.containsKey(SERIAL));
    await().until(() -> odoo.wire.calls(HANDLERS).size() > before);
    assertEquals(SERIAL, box.link.identifier());
    assertEquals(State.CONNECTED, box.link.status().state());
    assertEquals(Set.of("a"), odoo.boxes.get(SERIAL));
    assertEquals(Set.of("identifier", "auto"), forms().get(before).keySet());
  }

  @Test
  void speaksTheNewLineAfterALoss() {
    connect("18.0");
    await().until(() -> !box.installed.isEmpty());
    odoo.wire.on(VERSION, call -> FakeOdoo.html(502));
    box.awaitState(State.UNREACHABLE);
    odoo.become("16.0");
    await().until(() -> odoo.boxes.containsKey(MAC));
    box.awaitState(State.CONNECTED);
    await().until(() -> forms().get(forms().size() - 1).containsKey("mac"));
    Call last = odoo.wire.calls(HANDLERS).get(forms().size() - 1);
    assertNull(last.header("If-None-Match"));
    assertFalse(LineOdoo.form(last).containsKey("identifier"));
  }

  @Test
  void greetsAServerThatRefusedIt() {
    odoo = new LineOdoo("17.0");
    box = new LinkFixture(folder, LinkFixture.FAST);
    box.link.pair(new Pairing(odoo.wire.url(), "another", null, null, null));
    box.awaitState(State.REFUSED);
    odoo.become("18.0");
    odoo.boxes.put(SERIAL, Set.of());
    box.awaitState(State.CONNECTED);
    assertEquals(Optional.of("18.0"), box.link.serverSerie());
  }

  private void connect(String serie) {
    odoo = new LineOdoo(serie);
    box = new LinkFixture(folder, LinkFixture.FAST);
    box.devices.set(List.of(device("a", "scale", "serial")));
    box.link.pair(odoo.wire.pairing());
    box.awaitState(State.CONNECTED);
  }
}
