package iotbox.box.odoo;

import iotbox.box.device.DeviceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The open devices as {@code /iot/setup} takes them. Odoo silently drops a device whose type or
 * connection it does not know, so those are kept out and can be told to people.
 *
 * @param known what Odoo is told: identifier → fields
 * @param leftOut what Odoo would drop
 */
record DeviceList(Map<String, OdooDevice> known, List<DeviceStatus> leftOut) {
  private static final Set<String> TYPES =
      Set.of(
          "printer",
          "camera",
          "keyboard",
          "scanner",
          "device",
          "payment",
          "scale",
          "display",
          "fiscal_data_module");
  private static final Set<String> CONNECTIONS =
      Set.of("network", "direct", "bluetooth", "serial", "hdmi");

  /** The fields of one device, by their names on the wire. */
  record OdooDevice(
      String name, String type, String manufacturer, String connection, String subtype) {}

  static DeviceList of(List<DeviceStatus> devices) {
    Map<String, OdooDevice> known = new TreeMap<>();
    List<DeviceStatus> leftOut = new ArrayList<>();
    for (DeviceStatus device : devices) {
      if (!device.open()) {
        continue;
      }
      String connection = connection(device);
      if (TYPES.contains(text(device.type())) && CONNECTIONS.contains(connection)) {
        known.put(
            device.identifier(),
            new OdooDevice(
                text(device.name()),
                device.type(),
                text(device.manufacturer()),
                connection,
                text(device.subtype())));
      } else {
        leftOut.add(device);
      }
    }
    return new DeviceList(known, List.copyOf(leftOut));
  }

  /** What is left out, for the status; or {@code null}. */
  String detail() {
    return switch (leftOut.size()) {
      case 0 -> null;
      case 1 -> "1 device is not shown in Odoo, which does not know its type or connection.";
      default ->
          leftOut.size()
              + " devices are not shown in Odoo, which does not know their type or connection.";
    };
  }

  /**
   * Handler authors write {@code usb}, as the how-to does; Odoo's word for it is {@code direct}.
   */
  private static String connection(DeviceStatus device) {
    String connection = text(device.connection());
    return connection.equals("usb") ? "direct" : connection;
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }
}
