package iotbox.box.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;

/**
 * Writes one Java value as JSON. Driver data should hold JSON's types only, but what a driver puts
 * there must not be able to break an answer or run its own code here.
 */
public final class JsonValues {
  /** A map that contains itself ends here instead of in a stack overflow. */
  private static final int MAX_DEPTH = 200;

  private JsonValues() {}

  /** Writes the value; on any thread. What JSON has no word for becomes text. */
  public static void write(JsonGenerator json, Object value) throws IOException {
    write(json, value, 0);
  }

  private static void write(JsonGenerator json, Object value, int depth) throws IOException {
    if (value == null || depth > MAX_DEPTH) {
      json.writeNull();
    } else if (value instanceof String text) {
      json.writeString(text);
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof Number number) {
      number(json, number);
    } else if (value instanceof Map<?, ?> map && !isForeign(value)) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(text(entry.getKey()));
        write(json, entry.getValue(), depth + 1);
      }
      json.writeEndObject();
    } else if (value instanceof Iterable<?> items && !isForeign(value)) {
      json.writeStartArray();
      for (Object item : items) {
        write(json, item, depth + 1);
      }
      json.writeEndArray();
    } else if (value instanceof byte[] bytes) {
      json.writeBinary(bytes);
    } else if (value.getClass().isArray()) {
      json.writeStartArray();
      for (int i = 0; i < Array.getLength(value); i++) {
        write(json, Array.get(value, i), depth + 1);
      }
      json.writeEndArray();
    } else {
      json.writeString(text(value));
    }
  }

  private static void number(JsonGenerator json, Number number) throws IOException {
    if (number instanceof BigInteger big) {
      json.writeNumber(big);
    } else if (number instanceof BigDecimal big) {
      json.writeNumber(big);
    } else if (number instanceof Float || number instanceof Double) {
      // By way of the text, so that a float 1.1 does not become 1.10000002384185791015625.
      double value = Double.parseDouble(number.toString());
      if (Double.isFinite(value)) {
        json.writeNumber(BigDecimal.valueOf(value));
      } else {
        json.writeNull(); // JSON has neither NaN nor infinity.
      }
    } else if (isForeign(number)) {
      json.writeString(text(number));
    } else {
      json.writeNumber(number.longValue());
    }
  }

  private static String text(Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    return isForeign(value) ? value.getClass().getName() : value.toString();
  }

  /** Whether the object's own methods may be a handler's code, which only the guard may call. */
  private static boolean isForeign(Object value) {
    ClassLoader loader = value.getClass().getClassLoader();
    return loader != null && loader != ClassLoader.getPlatformClassLoader();
  }
}
