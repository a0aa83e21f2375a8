package iotbox.stock.place;

import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps which name belongs to which place, also over a restart. Safe for all threads. */
public interface PlaceMemory {
  /** What was kept last, oldest first; the map is the caller's. Reads a small file at the most. */
  Map<String, String> recall();

  /** Keeps these in place of all others. May write a small file; does not fail. */
  void keep(Map<String, String> names);

  /** One that lasts as long as it is used. */
  static PlaceMemory passing() {
    return new PlaceMemory() {
      private Map<String, String> kept = Map.of();

      @Override
      public synchronized Map<String, String> recall() {
        return new LinkedHashMap<>(kept);
      }

      @Override
      public synchronized void keep(Map<String, String> names) {
        kept = new LinkedHashMap<>(names);
      }
    };
  }
}
