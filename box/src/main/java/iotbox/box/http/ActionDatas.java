package iotbox.box.http;

import iotbox.handler.ActionData;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes {@link ActionData} of what clients send as {@code data}. */
final class ActionDatas {
  private ActionDatas() {}

  /** From an object, or from a text that holds one: clients of Odoo 18 and older send that. */
  static ActionData of(Object data, String sessionId) throws RpcException {
    Object value = data;
    if (data instanceof String text) {
      try {
        value = Json.read(text);
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
