package iotbox.box.odoo;

import iotbox.box.host.BoxIdentity;
import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.odoo.wire.ServerLine;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a server of one line is told of the box by {@code /iot/setup}; told again when it is no
 * longer equal.
 */
record Registration(
    BoxIdentity box, ServerLine line, String address, Map<String, DeviceList.OdooDevice> devices) {

  /** The whole body. Fields that a server does not know are ignored by it. */
  Map<String, Object> body(Pairing pairing) {
    Map<String, Object> iotBox = new LinkedHashMap<>();
    iotBox.put("identifier", line.identifierOf(box));
    iotBox.put("mac", box.mac());
    iotBox.put("ip", address);
    iotBox.put("token", pairing.token());
    iotBox.put("version", box.version());
    iotBox.put("name", box.hostname());
    // By it a server of 17.0 finds a box that a newer box program had made known there.
    iotBox.put("serial_number", box.identifier());

    Map<String, Object> body = new LinkedHashMap<>();
    body.put("jsonrpc", "2.0");
    body.put("method", "call");
    if (line.setupReadsParams()) {
      body.put("params", Map.of("iot_box", iotBox, "devices", devices));
    }
    if (line.setupReadsRoot()) {
      body.putAll(iotBox);
      body.put("devices", devices);
    }
    return body;
  }
}
