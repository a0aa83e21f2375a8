package iotbox.box.device;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The {@code action_unique_id}s of late, so that an action which arrives by two ways runs once.
 * Safe for all threads; its lock is held for look-ups only.
 */
final class RecentActions {
  private static final long MEMORY_NANOS = 600_000_000_000L;
  private static final int LIMIT = 10_000;

  /** When each was seen, the oldest first. */
  private final Map<String, Long> seen = new LinkedHashMap<>();

  /** Remembers the id; whether it was new. */
  synchronized boolean add(String id) {
    long now = System.nanoTime();
    Iterator<Long> oldest = seen.values().iterator();
    while (oldest.hasNext()) {
      boolean expired = now - oldest.next() > MEMORY_NANOS;
      if (!expired && seen.size() < LIMIT) {
        break;
      }
      oldest.remove();
    }
    return seen.putIfAbsent(id, now) == null;
  }

  /** Forgets the id, since its action failed and may be tried again. */
  synchronized void remove(String id) {
    seen.remove(id);
  }
}
