package iotbox.box.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.odoo.FakeOdoo.Call;
import iotbox.box.odoo.FakeOdoo.Reply;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Plays a server of one line as its released servers behave: it looks for things only where they
 * look, has its types only, and knows nothing of a box that has not made itself known.
 */
final class LineOdoo implements AutoCloseable {
  static final byte[] HANDLERS = FakeOdoo.zip("drivers/A.java", "class A {}");

  private static final Set<String> TYPES = Set.of("scale", "printer", "device");
  private static final Set<String> CONNECTIONS = Set.of("serial", "direct", "network");

  final FakeOdoo wire = new FakeOdoo();
  private volatile int line;

  /** Identifier of a box → the identifiers of its devices. */
  final Map<String, Set<String>> boxes = new ConcurrentHashMap<>();

  LineOdoo(String serie) {
    become(serie);
    wire.on(FakeOdoo.SETUP, this::setup);
    wire.on(FakeOdoo.HANDLERS, this::handlers);
  }

  /** From now on it is of this line. */
  void become(String serie) {
    line = Integer.parseInt(serie.replaceFirst("saas~", "").replaceFirst("\\..*", ""));
    wire.on(
        FakeOdoo.VERSION,
        call ->
            FakeOdoo.json("{\"jsonrpc\":\"2.0\",\"result\":{\"server_serie\":\"" + serie + "\"}}"));
  }

  private Reply setup(Call call) {
    JsonNode body = call.json();
    boolean rooted = line < 14 || line < 16 && !body.has("params");
    JsonNode box = rooted ? body : body.path("params").path("iot_box");
    JsonNode devices = rooted ? body.path("devices") : body.path("params").path("devices");
    for (String field : new String[] {"identifier", "ip", "token", "version"}) {
      if (!box.has(field)) {
        return FakeOdoo.json("{\"error\":{\"message\":\"KeyError: '" + field + "'\"}}");
      }
    }
    String identifier = box.path("identifier").asText();
    if (!boxes.containsKey(identifier)
        && !box.path("token").asText().equals(wire.pairing().token())) {
      return FakeOdoo.json("{\"jsonrpc\":\"2.0\",\"id\":null}");
    }
    Set<String> taken = new TreeSet<>();
    for (Map.Entry<String, JsonNode> device : devices.properties()) {
      String type = device.getValue().path("type").asText();
      if ((TYPES.contains(type) || line >= 19 && type.equals("unsupported"))
          && CONNECTIONS.contains(device.getValue().path("connection").asText())) {
        taken.add(device.getKey());
      }
    }
    boxes.put(identifier, taken);
    return FakeOdoo.json(
        line < 16
            ? "{\"jsonrpc\":\"2.0\",\"id\":null}"
            : "{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":\"iot_channel-1\"}");
  }

  private Reply handlers(Call call) {
    Map<String, String> form = form(call);
    String name = line < 17 ? "mac" : "identifier";
    if (!form.containsKey(name) || !form.containsKey("auto")) {
      return FakeOdoo.html(500);
    }
    if (!boxes.containsKey(form.get(name))) {
      return new Reply(line < 17 ? 200 : 401, new byte[0]);
    }
    Reply archive = new Reply(200, HANDLERS).with("Content-Type", "application/zip");
    if (line < 18) {
      return archive;
    }
    String hash = HandlerCache.hash(HANDLERS);
    return hash.equals(call.header("If-None-Match"))
        ? new Reply(304, new byte[0])
        : archive.with("ETag", '"' + hash + '"');
  }

  static Map<String, String> form(Call call) {
    Map<String, String> form = new HashMap<>();
    for (String field : call.body().split("&")) {
      int equals = field.indexOf('=');
      form.put(
          field.substring(0, equals),
          URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return form;
  }

  @Override
  public void close() {
    wire.close();
  }
}
