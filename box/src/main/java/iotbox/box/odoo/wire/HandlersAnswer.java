package iotbox.box.odoo.wire;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.json.Json;
import iotbox.box.odoo.wire.OdooException.Kind;
import java.io.IOException;

/** What {@code /iot/get_handlers} answered (protocol section 1.2). */
public sealed interface HandlersAnswer {
  /** An archive that looks whole. */
  record Archive(byte[] zip, String etag) implements HandlersAnswer {}

  /** The box has them already. */
  record Unchanged() implements HandlersAnswer {}

  /** No handlers for this box; the detail is for people. */
  record None(String detail) implements HandlersAnswer {}

  /**
   * Reads an answer.
   *
   * @param name of the answerer, for messages
   * @param auto whether the box asked by itself
   * @throws OdooException if the answer is an error of the server or its proxy, so that asking
   *     again may help
   */
  static HandlersAnswer of(String name, boolean auto, HttpAnswer answer) throws OdooException {
    int status = answer.status();
    if (status == 304) {
      return new Unchanged();
    }
    if (status == 401 || answer.successful() && answer.body().length == 0) {
      return new None(
          auto
              ? "Odoo gave no handlers: it does not know this box, or the automatic update of its"
                  + " drivers is switched off there. The handlers stay as they are."
              : "Odoo gave no handlers: it does not know this box. The handlers stay as they are.");
    }
    if (!answer.successful()) {
      throw bad(name + " answered HTTP " + status + JsonRpc.hint(status));
    }
    if (ZipShape.looksLikeZip(answer.body())) {
      if (!ZipShape.looksWhole(answer.body())) {
        throw bad(name + " answered an archive that is cut short. The handlers stay as they are.");
      }
      return new Archive(answer.body(), answer.etag());
    }
    return new None(name + " answered " + shape(answer) + ". The handlers stay as they are.");
  }

  private static String shape(HttpAnswer answer) {
    if (answer.html()) {
      return "a web page instead of handlers";
    }
    if (answer.json()) {
      return "JSON instead of handlers" + error(answer.body());
    }
    return "something that is not an archive";
  }

  private static String error(byte[] body) {
    try {
      JsonNode error = Json.MAPPER.readTree(body).path("error");
      return error.isMissingNode() || error.isNull() ? "" : " (" + JsonRpc.message(error) + ")";
    } catch (IOException e) {
      return "";
    }
  }

  private static OdooException bad(String message) {
    return new OdooException(Kind.BAD_ANSWER, message);
  }
}
