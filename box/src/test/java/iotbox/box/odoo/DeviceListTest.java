package iotbox.box.odoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import iotbox.box.device.DeviceStatus;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeviceListTest {
  static DeviceStatus device(String identifier, String type, String connection) {
    return device(identifier, type, connection, "com.example.Driver");
  }

  static DeviceStatus device(String identifier, String type, String connection, String driver) {
    return new DeviceStatus(
        identifier,
        "Name of " + identifier,
        type,
        connection,
        "Maker",
        "",
        driver,
        DeviceStatus.State.CONNECTED,
        null,
        Set.of());
  }

  @Test
  void tellsOfOpenDevicesOnly() {
    DeviceList list =
        DeviceList.of(
            List.of(device("a", "scale", "serial"), device("b", "scale", "serial", null)));
    assertEquals(Set.of("a"), list.known().keySet());
    assertEquals(
        new DeviceList.OdooDevice("Name of a", "scale", "Maker", "serial", ""),
        list.known().get("a"));
    assertNull(list.detail());
  }

  @Test
  void leavesOutWhatOdooWouldDropAndCountsIt() {
    DeviceList list =
        DeviceList.of(
            List.of(
                device("a", "toaster", "serial"),
                device("b", "scale", "carrier pigeon"),
                device("c", "", ""),
                device("d", null, null),
                device("e", "printer", "network")));
    assertEquals(Set.of("e"), list.known().keySet());
    assertEquals(4, list.leftOut().size());
    assertEquals(
        "4 devices are not shown in Odoo, which does not know their type or connection.",
        list.detail());
    assertEquals(
        "1 device is not shown in Odoo, which does not know its type or connection.",
        DeviceList.of(List.of(device("a", "x", "serial"))).detail());
  }

  @Test
  void saysDirectWhereHandlersSayUsb() {
    assertEquals(
        "direct",
        DeviceList.of(List.of(device("a", "device", "usb"))).known().get("a").connection());
  }
}
