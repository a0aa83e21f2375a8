package iotbox.box.http.wire;

import iotbox.box.event.Event;
import iotbox.box.event.Listener;
import java.util.LinkedHashMap;
import java.util.Map;

/** An event as a listener gets it (protocol section 2, long poll). */
final class EventAnswer {
  private EventAnswer() {}

  /** Everything but the listener's own session. */
  static Map<String, Object> of(Event event, Listener listener, String boxIdentifier) {
    Map<String, Object> answer = new LinkedHashMap<>(event.data());
    answer.remove("action_args"); // For Odoo's bus; not for everybody who listens.
    answer.put("device_identifier", listener.nameFor(event));
    answer.put("owner", event.owner());
    answer.put("iot_box_identifier", boxIdentifier);
    answer.put("time", event.time());
    return answer;
  }
}
