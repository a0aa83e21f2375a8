package iotbox.box.odoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.device.status.DeviceStatus;
import iotbox.box.odoo.DeviceList.OdooDevice;
import iotbox.box.odoo.wire.ServerLine;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceListTest {
  private static final ServerLine OLDER = ServerLine.of("18.0");
  private static final ServerLine NEWEST = ServerLine.of("19.0");

  static DeviceStatus device(String identifier, String type, String connection) {
    return device(identifier, type, connection, "com.example.Driver");
  }

  static DeviceStatus device(String identifier, String type, String connection, String driver) {
    return device(identifier, type, connection, driver, "");
  }

  private static DeviceStatus device(
      String identifier, String type, String connection, String driver, String subtype) {
    return new DeviceStatus(
        identifier,
        "Name of " + identifier,
        type,
        connection,
        "Maker",
        subtype,
        driver,
        DeviceStatus.State.CONNECTED,
        null,
        Set.of(),
        List.of(),
        null,
        null);
  }

  static DeviceStatus unsupported(String identifier, String name, String connection) {
    return undriven(identifier, name, connection, DeviceStatus.State.UNSUPPORTED);
  }

  private static DeviceStatus undriven(
      String identifier, String name, String connection, DeviceStatus.State state) {
    return new DeviceStatus(
        identifier,
        name,
        "",
        connection,
        "Maker",
        "",
        null,
        state,
        null,
        Set.of(),
        List.of(),
        null,
        null);
  }

  @Test
  void tellsOfOpenDevicesOnly() {
    DeviceList list =
        DeviceList.of(
            List.of(device("a", "scale", "serial"), device("b", "scale", "serial", null)), OLDER);
    assertEquals(Set.of("a"), list.known().keySet());
    assertEquals(
        new OdooDevice("Name of a", "scale", "Maker", "serial", ""), list.known().get("a"));
    assertNull(list.detail());
  }

  @Test
  void leavesOutWhatOdooWouldDropAndNamesIt() {
    DeviceList list =
        DeviceList.of(
            List.of(
                device("a", "toaster", "serial"),
                device("b", "scale", "carrier pigeon"),
                device("c", "", ""),
                device("d", null, null),
                device("e", "printer", "network")),
            OLDER);
    assertEquals(Set.of("e"), list.known().keySet());
    assertEquals(
        "4 devices are not shown in Odoo, which does not know their type or connection:"
            + " a (type toaster, connection serial), b (type scale, connection carrier pigeon),"
            + " c (type none, connection none), d (type none, connection none).",
        list.detail());
    assertEquals(
        "1 device is not shown in Odoo, which does not know its type or connection:"
            + " a (type x, connection serial).",
        DeviceList.of(List.of(device("a", "x", "serial")), OLDER).detail());
  }

  @Test
  void namesAFewOfMany() {
    List<DeviceStatus> many =
        IntStream.range(0, 9).mapToObj(i -> device("d" + i, "toaster", "serial")).toList();
    String detail = DeviceList.of(many, OLDER).detail();
    assertTrue(detail.contains("d4 (type"), detail);
    assertTrue(detail.endsWith("connection serial) and 4 more."), detail);
  }

  @ParameterizedTest
  @CsvSource({
    "usb, direct",
    "USB, direct",
    "direct, direct",
    "ethernet, network",
    "wifi, network",
    "ble, bluetooth",
    "RS232, serial",
    "display, hdmi",
    "' serial ', serial"
  })
  void saysConnectionsInOdoosWords(String connection, String odoos) {
    DeviceList list = DeviceList.of(List.of(device("a", "Device", connection)), OLDER);
    assertEquals(odoos, list.known().get("a").connection());
    assertEquals("device", list.known().get("a").type());
  }

  @ParameterizedTest
  @CsvSource({
    "printer, receipt_printer, receipt_printer",
    "printer, Label_Printer, label_printer",
    "printer, dot_matrix, ''",
    "printer, , ''",
    "scale, receipt_printer, ''"
  })
  void tellsOnlySubtypesThatOdooKnows(String type, String subtype, String told) {
    DeviceList list =
        DeviceList.of(List.of(device("a", type, "network", "Driver", subtype)), OLDER);
    assertEquals(told, list.known().get("a").subtype());
  }

  @Test
  void listsWhatNoDriverTookWhereThereIsATypeForIt() {
    DeviceList list =
        DeviceList.of(
            List.of(
                device("a", "scale", "serial"),
                unsupported("usb_1234:5678", "usb_1234:5678", "usb"),
                unsupported("usb_1234:9999", "Fancy Reader", "usb")),
            NEWEST);
    assertEquals(Set.of("a", "usb_1234:5678", "usb_1234:9999"), list.known().keySet());
    assertEquals(
        new OdooDevice("Unknown device (usb)", "unsupported", "Maker", "direct", ""),
        list.known().get("usb_1234:5678"));
    assertEquals(
        new OdooDevice("Fancy Reader", "unsupported", "Maker", "direct", ""),
        list.known().get("usb_1234:9999"));
    assertNull(list.detail());
  }

  @Test
  void doesNotListAsUnsupportedWhatIsOnlyBroken() {
    DeviceList list =
        DeviceList.of(
            List.of(
                undriven("a", "a", "usb", DeviceStatus.State.DETECTED),
                undriven("b", "b", "usb", DeviceStatus.State.FAILED),
                unsupported("c", "c", "carrier pigeon")),
            NEWEST);
    assertEquals(Set.of(), list.known().keySet());
    assertNull(list.detail());
  }

  @ParameterizedTest
  @ValueSource(strings = {"13.0", "16.0", "17.0", "18.0", "saas~18.4", ""})
  void doesNotTellOfUnsupportedDevicesToLinesWithoutThatType(String serie) {
    DeviceList list =
        DeviceList.of(List.of(unsupported("usb_1234:5678", "Reader", "usb")), ServerLine.of(serie));
    assertEquals(Set.of(), list.known().keySet());
    assertNull(list.detail());
  }
}
