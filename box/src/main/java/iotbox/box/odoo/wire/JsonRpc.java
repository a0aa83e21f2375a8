package iotbox.box.odoo.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import iotbox.box.json.Json;
import iotbox.box.odoo.wire.OdooException.Kind;
import java.io.IOException;

/** Odoo's JSON-RPC envelope (protocol section 1). */
public final class JsonRpc {
  private static final int LONGEST_QUOTE = 200;

  private JsonRpc() {}

  record Request(String jsonrpc, String method, Object params) {}

  /** The result in an answer; Odoo leaves it out where it is null. */
  static JsonNode result(String name, HttpAnswer answer) throws OdooException {
    JsonNode result = answer(name, answer).path("result");
    return result.isMissingNode() ? NullNode.getInstance() : result;
  }

  /** The answer with its envelope, if it is not an error. */
  static JsonNode answer(String name, HttpAnswer answer) throws OdooException {
    if (!answer.successful()) {
      throw new OdooException(
          answer.gatewayError()
              ? Kind.NO_ANSWER
              : answer.clientError() ? Kind.REFUSED : Kind.BAD_ANSWER,
          name + " answered HTTP " + answer.status() + hint(answer.status()));
    }
    JsonNode json = read(name, answer);
    if (!json.isObject() || !json.has("jsonrpc") && !json.has("result") && !json.has("error")) {
      throw bad(name + " answered JSON that is not Odoo's. Is the address that of an Odoo server?");
    }
    JsonNode error = json.path("error");
    if (!error.isMissingNode() && !error.isNull()) {
      throw new OdooException(Kind.REFUSED, name + " answered an error: " + message(error));
    }
    return json;
  }

  /** What went wrong, in the server's words: one line, not too long. */
  public static String message(JsonNode error) {
    String message = error.path("data").path("message").asText("");
    if (message.isBlank()) {
      message = error.path("message").asText(error.isTextual() ? error.textValue() : "");
    }
    String line = message.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    if (line.isEmpty()) {
      return "no reason given";
    }
    return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "…";
  }

  static String hint(int status) {
    return switch (status) {
      case 404 -> ": is the IoT app installed in that database?";
      case 502, 503, 504 -> ": Odoo is not running behind its proxy, or is starting.";
      default -> ".";
    };
  }

  private static JsonNode read(String name, HttpAnswer answer) throws OdooException {
    if (answer.html()) {
      throw bad(
          name + " answered a web page instead of JSON. Is the address that of an Odoo server?");
    }
    try {
      JsonNode json = Json.MAPPER.readTree(answer.body());
      if (json.isMissingNode()) {
        throw bad(name + " answered nothing where JSON was expected.");
      }
      return json;
    } catch (IOException e) {
      throw bad(name + " answered something that is not JSON.");
    }
  }

  private static OdooException bad(String message) {
    return new OdooException(Kind.BAD_ANSWER, message);
  }
}
