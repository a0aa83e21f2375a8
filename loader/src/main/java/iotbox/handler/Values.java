package iotbox.handler;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Copies of the JSON-like values that drivers publish and return. For the box and for tests;
 * authors need not copy anything.
 */
public final class Values {
  private Values() {}

  /** A copy, with copies of all maps in it; it cannot be changed. */
  static Map<String, Object> copyOf(Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(String.valueOf(key), copyOf(value)));
    return Collections.unmodifiableMap(copy);
  }

  /**
   * A copy of maps, lists and arrays of objects at every depth, which cannot be changed; the JDK's
   * other values as they are, and anything else as its text. Nothing in it keeps a handler's class
   * in memory. Runs code of foreign objects.
   */
  public static Object copyOf(Object value) {
    if (value instanceof Map<?, ?> map) {
      return copyOf(map);
    }
    if (value instanceof Iterable<?> items && !(value instanceof Path)) {
      List<Object> copy = new ArrayList<>();
      items.forEach(item -> copy.add(copyOf(item)));
      return Collections.unmodifiableList(copy);
    }
    if (value instanceof Object[] items) {
      return copyOf(Arrays.asList(items));
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    return value == null || isOfJdk(value.getClass()) ? value : value.toString();
  }

  private static boolean isOfJdk(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == ClassLoader.getPlatformClassLoader();
  }
}
