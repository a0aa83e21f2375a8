package iotbox.box.odoo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import iotbox.box.device.status.DeviceStatus;
import iotbox.box.json.Json;
import iotbox.box.odoo.FakeOdoo.Reply;
import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.odoo.wire.OdooClient;
import iotbox.box.odoo.wire.OdooConnection;
import iotbox.box.odoo.wire.OdooServer;
import iotbox.box.odoo.wire.ServerLine;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyboardLayoutsTest {
  private static final String PATH = "/iot/keyboard_layouts";

  private final FakeOdoo odoo =
      new FakeOdoo().on(PATH, call -> FakeOdoo.text(200, "text/html", ""));
  private final OdooClient client = new OdooClient(Duration.ofSeconds(2));
  private final List<DeviceStatus> devices = new CopyOnWriteArrayList<>();
  private KeyboardLayouts.Known known =
      () ->
          List.of(Map.of("name", "German (no dead keys)", "layout", "de", "variant", "nodeadkeys"));
  private final KeyboardLayouts layouts =
      new KeyboardLayouts(() -> List.copyOf(devices), () -> known.layouts(), Runnable::run);

  @AfterEach
  void close() {
    client.close();
    odoo.close();
  }

  private OdooConnection connection() {
    Pairing pairing = odoo.pairing();
    OdooServer server = client.server(pairing);
    return new OdooConnection(pairing, server, "channel", ServerLine.of("18.0"));
  }

  @Test
  void theyAreToldOnceAsSoonAsThereIsSomethingWithKeys() {
    OdooConnection connection = connection();
    layouts.connected(connection);
    devices.add(device("read_once"));
    layouts.connected(connection);
    assertEquals(0, odoo.calls(PATH).size());
    devices.add(device("update_layout"));
    layouts.connected(connection);
    layouts.connected(connection);
    assertEquals(1, odoo.calls(PATH).size());
    String body = odoo.calls(PATH).get(0).body();
    String[] field = URLDecoder.decode(body, StandardCharsets.UTF_8).split("=", 2);
    assertEquals("available_layouts", field[0]);
    assertEquals(
        Map.of("name", "German (no dead keys)", "layout", "de", "variant", "nodeadkeys"),
        asMap(field[1]));
    layouts.connected(connection());
    assertEquals(2, odoo.calls(PATH).size(), "another server");
  }

  @Test
  void whatCouldNotBeToldIsToldLater() {
    devices.add(device("update_layout"));
    OdooConnection connection = connection();
    odoo.on(PATH, call -> FakeOdoo.html(502));
    layouts.connected(connection);
    odoo.on(PATH, call -> new Reply(404, new byte[0]));
    layouts.connected(connection);
    layouts.connected(connection);
    assertEquals(2, odoo.calls(PATH).size(), "a server that knows no such thing is left alone");
  }

  @Test
  void aSystemWithoutAListIsNoReasonToFail() {
    known =
        () -> {
          throw new IOException("no such file");
        };
    devices.add(device("update_layout"));
    layouts.connected(connection());
    assertEquals(0, odoo.calls(PATH).size());
  }

  private static Map<?, ?> asMap(String json) {
    try {
      return (Map<?, ?>) Json.MAPPER.readValue(json, List.class).get(0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static DeviceStatus device(String action) {
    return new DeviceStatus(
        "usb_1",
        "k",
        "keyboard",
        "direct",
        "",
        "",
        "Driver",
        DeviceStatus.State.CONNECTED,
        null,
        Set.of(action),
        List.of(),
        null,
        null);
  }
}
