package iotbox.box.device;

import iotbox.handler.Device;
import java.util.List;
import java.util.Objects;

/**
 * Tells from what an interface finds out whether a device was plugged in again between two looks.
 * Only attributes that do not change by themselves count.
 */
final class Replug {
  private static final List<String> LASTING =
      List.of("plugged_in", "path", "place", "vendor_id", "product_id", "serial_number", "input");

  private Replug() {}

  static boolean between(Device before, Device now) {
    for (String name : LASTING) { // Asked whenever a device is listed: no stream for each.
      if (differs(before.get(name), now.get(name))) {
        return true;
      }
    }
    return false;
  }

  /** Asks only texts and numbers, which cannot be code of a handler. */
  private static boolean differs(Object before, Object now) {
    return isPlain(before) && isPlain(now) && !Objects.equals(before, now);
  }

  private static boolean isPlain(Object value) {
    return value == null || value instanceof String || value instanceof Integer;
  }
}
