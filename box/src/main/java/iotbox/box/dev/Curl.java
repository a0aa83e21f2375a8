package iotbox.box.dev;

import com.fasterxml.jackson.core.JsonProcessingException;
import iotbox.box.device.status.ActionForm;
import iotbox.box.json.Json;
import iotbox.loader.ActionParameter;
import java.util.LinkedHashMap;
import java.util.Map;

/** How to send an action from another terminal. */
final class Curl {
  private Curl() {}

  /** A command that has the device do it; parameters are filled in with something that fits. */
  static String line(String url, String device, ActionForm action) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("action", action.name());
    action.parameters().forEach(each -> data.put(each.name(), example(each)));
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("session_id", "dev");
    params.put("device_identifier", device);
    params.put("data", data);
    try {
      String json = Json.MAPPER.writeValueAsString(Map.of("params", params));
      return "  curl "
          + url
          + "/iot_drivers/action -H 'Content-Type: application/json' -d '"
          + json.replace("'", "'\\''")
          + "'";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object example(ActionParameter parameter) {
    if (!parameter.choices().isEmpty()) {
      return parameter.choices().get(0);
    }
    return switch (parameter.type()) {
      case NUMBER -> Double.valueOf(1);
      case INTEGER -> Integer.valueOf(1);
      case BOOLEAN -> Boolean.TRUE;
      default -> "…";
    };
  }
}
