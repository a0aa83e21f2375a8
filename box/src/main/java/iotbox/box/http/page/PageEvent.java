package iotbox.box.http.page;

import iotbox.box.event.Event;
import iotbox.box.event.EventSize;
import iotbox.box.event.Readings;
import iotbox.box.http.live.Frame;
import iotbox.box.http.message.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** An event as a page of the homepage shows it: without what nobody can read, such as a picture. */
final class PageEvent {
  private static final long LARGE = 2_000;
  private static final int LONGEST_TEXT = 500;

  private PageEvent() {}

  static byte[] of(Event event) {
    Map<String, Object> told = new LinkedHashMap<>();
    event.data().forEach((name, value) -> told.put(name, brief(value)));
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("device", event.deviceIdentifier());
    entry.put("time", event.time());
    entry.put("number", Readings.number(event.data().get("value")));
    entry.put("told", told);
    return Frame.of("device", event.time(), Json.write(entry));
  }

  private static Object brief(Object value) {
    if (value instanceof String text && text.length() > LONGEST_TEXT) {
      return text.substring(0, LONGEST_TEXT) + "…";
    }
    return EventSize.ofAnswer(value) > LARGE ? "…" : value;
  }
}
