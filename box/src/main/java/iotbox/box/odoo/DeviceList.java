package iotbox.box.odoo;

import iotbox.box.device.status.DeviceStatus;
import iotbox.box.odoo.wire.ServerLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The devices as {@code /iot/setup} takes them (protocol section 1.1): those that a driver has, and
 * on the lines that know such a type those that no driver took. Odoo silently drops a device whose
 * type or connection it does not know, so other words for its own are translated, and what is left
 * is kept out and can be told to people.
 *
 * @param known what Odoo is told: identifier → fields
 * @param leftOut the open devices that Odoo would drop, in words for people
 */
record DeviceList(Map<String, OdooDevice> known, List<String> leftOut) {
  private static final String UNSUPPORTED = "unsupported";
  private static final int MOST_NAMES = 5;

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
  private static final Set<String> PRINTERS =
      Set.of("receipt_printer", "label_printer", "office_printer");

  /** What handler authors call Odoo's connections. The how-to's {@code usb} is the first of all. */
  private static final Map<String, String> OTHER_WORDS =
      Map.of(
          "usb", "direct",
          "ethernet", "network",
          "lan", "network",
          "tcp", "network",
          "wifi", "network",
          "ble", "bluetooth",
          "rs232", "serial",
          "display", "hdmi");

  /** The fields of one device, by their names on the wire. */
  record OdooDevice(
      String name, String type, String manufacturer, String connection, String subtype) {}

  static DeviceList of(List<DeviceStatus> devices, ServerLine line) {
    Map<String, OdooDevice> known = new TreeMap<>();
    List<String> leftOut = new ArrayList<>();
    for (DeviceStatus device : devices) {
      if (device.open()) {
        OdooDevice open = open(device);
        if (TYPES.contains(open.type()) && CONNECTIONS.contains(open.connection())) {
          known.put(device.identifier(), open);
        } else {
          leftOut.add(words(device));
        }
      } else if (device.state() == DeviceStatus.State.UNSUPPORTED && line.knowsUnsupported()) {
        OdooDevice unsupported = unsupported(device);
        if (CONNECTIONS.contains(unsupported.connection())) {
          known.put(device.identifier(), unsupported);
        }
      }
    }
    return new DeviceList(known, List.copyOf(leftOut));
  }

  /** What is left out, for the status; or {@code null}. */
  String detail() {
    if (leftOut.isEmpty()) {
      return null;
    }
    int more = leftOut.size() - MOST_NAMES;
    return (leftOut.size() == 1
            ? "1 device is not shown in Odoo, which does not know its type or connection: "
            : leftOut.size()
                + " devices are not shown in Odoo, which does not know their type or connection: ")
        + String.join(", ", leftOut.subList(0, Math.min(MOST_NAMES, leftOut.size())))
        + (more > 0 ? " and " + more + " more." : ".");
  }

  private static OdooDevice open(DeviceStatus device) {
    String type = word(device.type());
    // Odoo fails on a subtype that it does not know, and then knows none of the devices.
    String subtype = word(device.subtype());
    return new OdooDevice(
        text(device.name()),
        type,
        text(device.manufacturer()),
        connection(device),
        type.equals("printer") && PRINTERS.contains(subtype) ? subtype : "");
  }

  /** As a box of Odoo names it, unless it says itself what it is. */
  private static OdooDevice unsupported(DeviceStatus device) {
    String name = text(device.name());
    return new OdooDevice(
        name.isEmpty() || name.equals(device.identifier())
            ? "Unknown device (" + text(device.connection()) + ")"
            : name,
        UNSUPPORTED,
        text(device.manufacturer()),
        connection(device),
        "");
  }

  private static String connection(DeviceStatus device) {
    String connection = word(device.connection());
    return OTHER_WORDS.getOrDefault(connection, connection);
  }

  private static String words(DeviceStatus device) {
    return device.identifier()
        + " (type "
        + orNone(device.type())
        + ", connection "
        + orNone(device.connection())
        + ")";
  }

  private static String orNone(String text) {
    return text(text).isBlank() ? "none" : text;
  }

  private static String word(String text) {
    return text(text).strip().toLowerCase(Locale.ROOT);
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }
}
