package iotbox.box.odoo.bus;

import iotbox.box.host.BoxIdentity;
import iotbox.box.json.Json;
import iotbox.box.odoo.wire.OdooConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import okhttp3.HttpUrl;

/** A bus that the box is on, or wants to be; the server says where it is. */
record Joined(OdooConnection odoo, HttpUrl url) {

  /** Empty-handed, {@code null}, if servers of this line have no bus. */
  static Joined of(OdooConnection odoo) {
    HttpUrl url = odoo.line().hasBus() ? HttpUrl.parse(odoo.server().name("/websocket")) : null;
    return url == null ? null : new Joined(odoo, url);
  }

  /** Whose messages are counted together. */
  String key() {
    return String.join(
        "|",
        odoo.pairing().url(),
        Objects.toString(odoo.pairing().dbUuid(), ""),
        Objects.toString(odoo.pairing().dbName(), ""),
        odoo.channel());
  }

  /** Whether a connection for one serves the other. */
  boolean same(Joined other) {
    return other != null
        && odoo.server() == other.odoo.server()
        && key().equals(other.key())
        && odoo.line().equals(other.odoo.line());
  }

  Joined at(HttpUrl moved) {
    return new Joined(odoo, moved);
  }

  /** What the box sends first (protocol section 1.3). Carries the token for newer servers. */
  String subscription(BoxIdentity box, long last) {
    Map<String, Object> data = new LinkedHashMap<>();
    boolean byToken = odoo.line().subscribesByToken();
    data.put("channels", byToken ? List.of() : List.of(odoo.channel()));
    data.put("last", last);
    data.put("identifier", odoo.line().identifierOf(box));
    if (byToken) {
      data.put("iot_token", odoo.pairing().token());
    }
    try {
      return Json.MAPPER.writeValueAsString(Map.of("event_name", "subscribe", "data", data));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Memory can always be written to.
    }
  }
}
