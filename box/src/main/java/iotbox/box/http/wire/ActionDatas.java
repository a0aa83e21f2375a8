package iotbox.box.http.wire;

import iotbox.box.http.message.Json;
import iotbox.box.http.message.MalformedJsonException;
import iotbox.box.http.message.RequestBody;
import iotbox.handler.ActionData;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes {@link ActionData} of what clients send as the parameter {@code data}. */
final class ActionDatas {
  private ActionDatas() {}

  /** From an object, or from a text that holds one: clients of Odoo 18 and older send that. */
  static ActionData of(Params params, String sessionId) throws RpcException {
    Object value = params.get("data");
    if (value instanceof String text) {
      try {
        Json.Document document = Json.read(text);
        if (!RequestBody.hasMemoryFor(document, params.body())) {
          throw new RpcException("Busy", RequestBody.BUSY);
        }
        value = document.value();
      } catch (MalformedJsonException e) {
        throw new RpcException(
            "InvalidParameter",
            "The parameter data is a text but not valid JSON: " + e.getMessage() + ".");
      }
    }
    if (!(value instanceof Map<?, ?> object)) {
      throw RpcException.invalid("data", "a JSON object, or a text that holds one");
    }
    Map<String, Object> values = new LinkedHashMap<>();
    object.forEach((name, entry) -> values.put(name.toString(), entry));
    return ActionData.of(values, sessionId);
  }
}
