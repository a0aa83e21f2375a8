package iotbox.stock.display;

import java.util.LinkedHashMap;
import java.util.Map;

/** How a display is doing, in the form that an event's {@code status} has for other devices. */
final class DisplayStatus {
  private DisplayStatus() {}

  /**
   * Connected, or in error.
   *
   * @param trouble empty for none
   */
  static Map<String, Object> of(String trouble) {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("status", trouble.isEmpty() ? "connected" : "error");
    status.put("message_title", trouble.isEmpty() ? "" : "The display shows nothing");
    status.put("message_body", trouble);
    return status;
  }
}
