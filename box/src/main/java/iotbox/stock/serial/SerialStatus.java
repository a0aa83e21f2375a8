package iotbox.stock.serial;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a serial device is doing, in the form that Odoo's point of sale reads from an event's {@code
 * status}.
 */
record SerialStatus(String status, String title, String body) {
  static final SerialStatus CONNECTING = new SerialStatus("connecting", "", "");
  static final SerialStatus CONNECTED = new SerialStatus("connected", "", "");

  static SerialStatus connected(String note) {
    return new SerialStatus("connected", note, "");
  }

  static SerialStatus error(String title, String body) {
    return new SerialStatus("error", title, body);
  }

  Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("status", status);
    map.put("message_title", title);
    map.put("message_body", body);
    return map;
  }
}
