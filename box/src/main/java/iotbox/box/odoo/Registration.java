package iotbox.box.odoo;

import java.util.LinkedHashMap;
import java.util.Map;

/** What Odoo is told of the box by {@code /iot/setup}; sent again when it is no longer equal. */
record Registration(BoxIdentity box, String address, Map<String, DeviceList.OdooDevice> devices) {

  /** The parameters of the call. Fields that a server line does not know are ignored by it. */
  Map<String, Object> params(Pairing pairing) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("identifier", box.identifier());
    fields.put("mac", box.mac());
    fields.put("ip", address);
    fields.put("token", pairing.token());
    fields.put("version", box.version());
    fields.put("name", box.hostname());
    fields.put("serial_number", box.identifier());
    return Map.of("iot_box", fields, "devices", devices);
  }
}
