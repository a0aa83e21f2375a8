package iotbox.box.device;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The devices that were opened or closed because the handlers were replaced once. It grows for a
 * while after the new handlers have come: devices are opened when drivers were asked.
 *
 * <p>Its lock is itself, and is held for look-ups only.
 */
public final class TouchedDevices {
  /** More than anybody looks through. */
  private static final int MOST = 1000;

  private final Map<String, Change> changes = new LinkedHashMap<>();

  /** One of them. */
  public record Touched(String identifier, Change change) {}

  /** What became of a device. */
  public enum Change {
    /** Nobody had it before. */
    OPENED,
    /** It was closed, and a driver of the new handlers, or its former one, has it again. */
    REOPENED,
    /** Nobody has it any more, or not yet again. */
    CLOSED;

    /** The word in {@code /api/status}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What became of them up to now, in the order in which they were touched first. */
  public synchronized List<Touched> list() {
    return changes.entrySet().stream()
        .map(entry -> new Touched(entry.getKey(), entry.getValue()))
        .toList();
  }

  synchronized void closed(String identifier) {
    put(identifier, Change.CLOSED);
  }

  synchronized void opened(String identifier) {
    put(identifier, isClosed(identifier) ? Change.REOPENED : Change.OPENED);
  }

  synchronized boolean isClosed(String identifier) {
    return changes.get(identifier) == Change.CLOSED;
  }

  private void put(String identifier, Change change) {
    if (changes.size() < MOST || changes.containsKey(identifier)) {
      changes.put(identifier, change);
    }
  }
}
