package iotbox.box.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.json.Json;
import iotbox.box.odoo.pairing.BadPairingException;
import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.odoo.pairing.PairingParser;
import iotbox.box.odoo.wire.HttpAnswer;
import iotbox.box.odoo.wire.OdooClient;
import iotbox.box.odoo.wire.OdooException;
import iotbox.box.odoo.wire.OdooException.Kind;
import iotbox.box.odoo.wire.OdooServer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The service that gives out pairing codes and, once a person has typed one into Odoo, the pairing
 * (protocol section 1.5, {@code connect-box}). Calls block.
 */
final class PairingProxy implements AutoCloseable {
  private final OdooServer service;
  private final String identifier;

  PairingProxy(OdooClient client, String url, String identifier) {
    this.service = new OdooServer(client, url, null);
    this.identifier = identifier;
  }

  /**
   * A code that a person types into Odoo.
   *
   * @param code to be shown
   * @param uuid secret: whoever has it gets the pairing
   */
  record Code(String code, String uuid) {
    @Override
    public String toString() {
      return "Code[" + code + "]";
    }
  }

  /** What became of a code. */
  sealed interface Answer {
    /** Nobody has typed it yet. */
    record Waiting() implements Answer {}

    /** It is no longer good. */
    record Expired() implements Answer {}

    /** It was typed: the box belongs to this database. */
    record Typed(Pairing pairing) implements Answer {}
  }

  Code newCode() throws OdooException {
    JsonNode result = call(null).path("result");
    String code = result.path("pairing_code").asText("");
    String uuid = result.path("pairing_uuid").asText("");
    if (code.isBlank() || uuid.isBlank()) {
      throw bad("answered without a pairing code.");
    }
    return new Code(code.strip(), uuid);
  }

  Answer ask(Code code) throws OdooException {
    JsonNode answer = call(code);
    JsonNode result = answer.path("result");
    if (isExpired(answer) || isExpired(result)) {
      return new Answer.Expired();
    }
    String url = text(result, "url");
    String token = text(result, "token");
    if (url == null || token == null) {
      return new Answer.Waiting();
    }
    try {
      return new Answer.Typed(
          new Pairing(
              PairingParser.server(url),
              token,
              text(result, "db_uuid"),
              text(result, "enterprise_code"),
              text(result, "db_name")));
    } catch (BadPairingException e) {
      throw bad("answered a pairing that cannot be used. " + e.getMessage());
    }
  }

  /** Ends the running call; none starts after it. */
  @Override
  public void close() {
    service.close();
  }

  private JsonNode call(Code code) throws OdooException {
    Map<String, Object> params = new LinkedHashMap<>();
    // The service takes false for "none yet".
    params.put("pairing_code", code == null ? false : code.code());
    params.put("pairing_uuid", code == null ? false : code.uuid());
    params.put("serial_number", identifier);
    HttpAnswer answer = service.jsonAnswer("", params);
    if (!answer.successful()) {
      throw bad("answered HTTP " + answer.status() + ".");
    }
    try {
      return Json.MAPPER.readTree(answer.body());
    } catch (IOException e) {
      throw bad("answered something that is not JSON.");
    }
  }

  private OdooException bad(String what) {
    return new OdooException(Kind.BAD_ANSWER, service.name("") + " " + what);
  }

  private static boolean isExpired(JsonNode node) {
    return node.path("error").asText("").equals("expired");
  }

  private static String text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    return value.isTextual() && !value.textValue().isBlank() ? value.textValue().strip() : null;
  }
}
