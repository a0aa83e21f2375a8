package iotbox.handler;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Typed reading of a map with string keys; what {@link Device} and {@link ActionData} have in
 * common.
 */
final class Attributes {
  private final String owner;
  private final Map<String, Object> values;

  Attributes(String owner, Map<String, ?> values) {
    this.owner = owner;
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  Map<String, Object> asMap() {
    return values;
  }

  Object get(String name) {
    return values.get(name);
  }

  String getString(String name) {
    Object value = values.get(name);
    return value == null ? null : value.toString();
  }

  int getInt(String name) {
    double value = getDouble(name);
    if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
      throw unusable(name, "a whole number");
    }
    return (int) value;
  }

  double getDouble(String name) {
    Object value = values.get(name);
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    if (value instanceof String text) {
      try {
        return Double.parseDouble(text.trim());
      } catch (NumberFormatException e) {
        throw unusable(name, "a number");
      }
    }
    throw unusable(name, "a number");
  }

  private IllegalArgumentException unusable(String name, String wanted) {
    Object value = values.get(name);
    return new IllegalArgumentException(
        value == null
            ? owner + " has no \"" + name + "\", which must be " + wanted
            : owner + " has \"" + name + "\" = " + value + ", which must be " + wanted);
  }
}
