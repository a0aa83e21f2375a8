package iotbox.stock.setting;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was decided by hand about the devices of one interface, also over a restart. Values are
 * JSON's types. Safe for all threads.
 */
public interface Settings {
  /** What was kept for this device; empty if nothing was; the map is the caller's. */
  Map<String, Object> of(String identifier);

  /**
   * Keeps these in place of the device's others; an empty map forgets them. May write a small file.
   *
   * @throws IOException if they cannot be kept, and then what was kept before still counts; its
   *     message is for whoever set them
   */
  void keep(String identifier, Map<String, ?> settings) throws IOException;

  /** Settings that last as long as they are used. */
  static Settings passing() {
    return new Settings() {
      private final Map<String, Map<String, Object>> kept = new LinkedHashMap<>();

      @Override
      public synchronized Map<String, Object> of(String identifier) {
        return new LinkedHashMap<>(kept.getOrDefault(identifier, Map.of()));
      }

      @Override
      public synchronized void keep(String identifier, Map<String, ?> settings) {
        if (settings.isEmpty()) {
          kept.remove(identifier);
        } else {
          kept.put(identifier, new LinkedHashMap<>(settings));
        }
      }
    };
  }
}
