package iotbox.box.odoo.bus;

import com.fasterxml.jackson.core.JsonProcessingException;
import iotbox.box.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One message of the bus (protocol section 1.3).
 *
 * @param payload as JSON's plain Java values
 */
record BusMessage(long id, String type, Map<String, Object> payload) {
  private static final Logger LOG = LoggerFactory.getLogger(BusMessage.class);

  /**
   * The messages in one frame, in order. What is no message is left out with a line in the log; a
   * frame that is none at all has no messages.
   */
  static List<BusMessage> parse(String frame) {
    List<BusMessage> messages = new ArrayList<>();
    Object json;
    try {
      json = Json.MAPPER.readValue(frame, Object.class);
    } catch (JsonProcessingException e) {
      LOG.warn("The bus sent {} characters that are not JSON; ignored", frame.length());
      return messages;
    }
    for (Object item : json instanceof List<?> items ? items : List.of(json == null ? "" : json)) {
      BusMessage message = of(item);
      if (message == null) {
        LOG.warn("The bus sent something that is no message; ignored");
      } else {
        messages.add(message);
      }
    }
    return messages;
  }

  private static BusMessage of(Object item) {
    if (item instanceof Map<?, ?> outer
        && (outer.get("id") instanceof Integer || outer.get("id") instanceof Long)
        && outer.get("message") instanceof Map<?, ?> inner
        && inner.get("type") instanceof String type) {
      return new BusMessage(
          ((Number) outer.get("id")).longValue(), type, object(inner.get("payload")));
    }
    return null;
  }

  /** Whether it asks something of the box that goes by one of these names. */
  boolean isFor(Collection<String> names) {
    return boxes().stream().anyMatch(box -> names.stream().anyMatch(box::equalsIgnoreCase));
  }

  /** All lines' ways to name boxes: a server may be upgraded while its messages wait. */
  private List<String> boxes() {
    List<String> boxes = texts(payload.get("iot_identifiers"));
    boxes.addAll(texts(payload.get("iot_identifier")));
    boxes.addAll(texts(payload.get("iot_box_identifier")));
    boxes.addAll(texts(object(payload.get("iotDevice")).get("iotIdentifiers")));
    return boxes;
  }

  /** The devices it is for, in order, each once. */
  List<String> devices() {
    List<String> devices = texts(payload.get("device_identifiers"));
    devices.addAll(texts(payload.get("device_identifier")));
    Object listed = object(payload.get("iotDevice")).get("identifiers");
    for (Object device : listed instanceof Collection<?> all ? all : List.of()) {
      devices.addAll(texts(object(device).get("identifier")));
    }
    return devices.stream().distinct().toList();
  }

  /** The session that asks, or {@code null}. */
  String sessionId() {
    return text("session_id");
  }

  /** A text or a number as text, or {@code null}. */
  String text(String name) {
    Object value = payload.get(name);
    return value instanceof String || value instanceof Number ? value.toString() : null;
  }

  private static List<String> texts(Object value) {
    List<String> texts = new ArrayList<>();
    for (Object item : value instanceof Collection<?> items ? items : Arrays.asList(value)) {
      if (item instanceof String text) {
        texts.add(text);
      }
    }
    return texts;
  }

  private static Map<String, Object> object(Object value) {
    Map<String, Object> object = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, each) -> object.put(key.toString(), each));
    }
    return object;
  }
}
