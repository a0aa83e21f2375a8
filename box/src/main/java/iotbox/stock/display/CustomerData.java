package iotbox.stock.display;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a point of sale gave for its customers to see, by display: the page on the display asks for
 * it again and again. Nothing of it outlives the box.
 */
public final class CustomerData {
  private final Map<String, Object> data = new ConcurrentHashMap<>();

  /** What was given last for this display, of JSON's types; an empty map if nothing was. */
  public Object of(String display) {
    return data.getOrDefault(display, Map.of());
  }

  void put(String display, Object given) {
    data.put(display, given);
  }
}
