package iotbox.box.event;

import java.util.Collection;
import java.util.Map;

/**
 * About how much memory an event's data takes. Strings and byte arrays, which pictures are made of,
 * count in full; the rest is a guess that is never zero.
 */
public final class EventSize {
  /** An event with its places in the history. */
  private static final long EVENT = 400;

  private static final long VALUE = 48;

  /** Data that contains itself ends here. */
  private static final int MAX_DEPTH = 20;

  private EventSize() {}

  static long of(Map<String, Object> data) {
    return EVENT + of(data, 0);
  }

  /** The same of an answer that such data is part of. */
  public static long ofAnswer(Object value) {
    return of(value, 0);
  }

  private static long of(Object value, int depth) {
    if (value instanceof String text) {
      return VALUE + text.length();
    }
    if (value instanceof byte[] bytes) {
      return VALUE + bytes.length;
    }
    if (depth > MAX_DEPTH || value == null || isForeign(value)) {
      return VALUE;
    }
    long size = VALUE;
    if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        size += of(entry.getKey(), depth + 1) + of(entry.getValue(), depth + 1);
      }
    } else if (value instanceof Collection<?> items) {
      for (Object item : items) {
        size += of(item, depth + 1);
      }
    }
    return size;
  }

  /** Whether the methods of the object may be a handler's code, which only the guard may call. */
  private static boolean isForeign(Object value) {
    ClassLoader loader = value.getClass().getClassLoader();
    return loader != null && loader != ClassLoader.getPlatformClassLoader();
  }
}
