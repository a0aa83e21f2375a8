package iotbox.box.event;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The events of the last seconds, for listeners that come back. Each device has a share of its own,
 * so that a busy one does not push out what the others told.
 *
 * <p>Not safe for threads; the hub's lock guards it.
 */
final class EventHistory {
  private final Duration age;
  private final Limits limits;
  private final Shelf all = new Shelf();
  private final Map<String, Shelf> byDevice = new HashMap<>();
  private final Map<String, Shelf> byType = new HashMap<>();

  /**
   * What may be kept.
   *
   * @param eventsOfDevice events of one device
   * @param bytesOfDevice bytes of one device, but for its latest event, which may be larger alone
   * @param bytes bytes of all devices
   */
  record Limits(int eventsOfDevice, long bytesOfDevice, long bytes) {}

  /**
   * @param age older events are not given
   */
  EventHistory(Duration age, Limits limits) {
    this.age = age;
    this.limits = limits;
  }

  /**
   * Keeps an event, which is later than all before, and lets others go for it.
   *
   * @param now by a clock that only goes forward, in nanoseconds
   */
  void add(Event event, long now) {
    Kept kept = new Kept(event, now, EventSize.of(event.data()));
    all.put(kept);
    Shelf device = byDevice.computeIfAbsent(event.deviceIdentifier(), name -> new Shelf());
    device.put(kept);
    byType.computeIfAbsent(event.deviceType(), name -> new Shelf()).put(kept);
    dropOld(now);
    while (device.events.size() > limits.eventsOfDevice
        || device.bytes > limits.bytesOfDevice && device.events.size() > 1) {
      drop(device.oldest());
    }
    while (all.bytes > limits.bytes) {
      drop(heaviest().oldest());
    }
  }

  /** The oldest event that the listener has not had. */
  Optional<Event> next(Listener listener) {
    Kept next = null;
    if (listener.everything()) {
      next = all.after(listener.lastEvent());
    }
    for (String name : listener.devices()) {
      next = earlier(next, after(byDevice.get(name), listener));
      next = earlier(next, after(byType.get(name), listener));
    }
    return Optional.ofNullable(next).map(Kept::event);
  }

  void dropOld(long now) {
    while (!isEmpty() && now - all.oldest().nanos > age.toNanos()) {
      drop(all.oldest());
    }
  }

  boolean isEmpty() {
    return all.events.isEmpty();
  }

  int size() {
    return all.events.size();
  }

  long bytes() {
    return all.bytes;
  }

  private Shelf heaviest() {
    return byDevice.values().stream()
        .max(Comparator.comparingLong(shelf -> shelf.bytes))
        .orElseThrow();
  }

  private void drop(Kept kept) {
    all.remove(kept);
    dropFrom(byDevice, kept.event.deviceIdentifier(), kept);
    dropFrom(byType, kept.event.deviceType(), kept);
  }

  private static void dropFrom(Map<String, Shelf> shelves, String name, Kept kept) {
    Shelf shelf = shelves.get(name);
    shelf.remove(kept);
    if (shelf.events.isEmpty()) {
      shelves.remove(name);
    }
  }

  private static Kept after(Shelf shelf, Listener listener) {
    return shelf == null ? null : shelf.after(listener.lastEvent());
  }

  private static Kept earlier(Kept one, Kept other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.event.time() <= other.event.time() ? one : other;
  }

  private record Kept(Event event, long nanos, long bytes) {}

  /** Events in their order, and what they weigh. */
  private static final class Shelf {
    private final NavigableMap<Double, Kept> events = new TreeMap<>();
    private long bytes;

    void put(Kept kept) {
      events.put(kept.event.time(), kept);
      bytes += kept.bytes;
    }

    void remove(Kept kept) {
      events.remove(kept.event.time());
      bytes -= kept.bytes;
    }

    Kept oldest() {
      return events.firstEntry().getValue();
    }

    Kept after(double time) {
      Map.Entry<Double, Kept> entry = events.higherEntry(time);
      return entry == null ? null : entry.getValue();
    }
  }
}
