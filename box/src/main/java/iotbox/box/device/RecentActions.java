package iotbox.box.device;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The {@code action_unique_id}s of the last ten minutes, so that an action which arrives by two
 * ways runs at most once: also one that failed or hung, since nobody knows how far it came. Safe
 * for all threads; its lock, {@code this}, is held for look-ups only.
 *
 * <p>What is kept of an id has the same few bytes however long it is, and the number of ids has a
 * limit. Nothing is forgotten early to keep it: what comes then is turned away.
 */
final class RecentActions {
  private static final long MEMORY_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final int LIMIT = 50_000;

  private final LongSupplier nanos;
  private final int limit;

  /** When each was seen, the oldest first. */
  private final Map<UUID, Long> seen = new LinkedHashMap<>();

  /** What is to be done with an action. */
  enum Verdict {
    NEW,
    SEEN,
    /** It could not be told apart from its repetition. */
    TOO_MANY
  }

  RecentActions() {
    this(System::nanoTime, LIMIT);
  }

  /**
   * None yet.
   *
   * @param nanos a clock that only goes forward
   */
  RecentActions(LongSupplier nanos, int limit) {
    this.nanos = nanos;
    this.limit = limit;
  }

  /** Remembers that this device was sent the action, if that is new. */
  synchronized Verdict add(String device, String id) {
    long now = nanos.getAsLong();
    Iterator<Long> oldest = seen.values().iterator();
    while (oldest.hasNext() && now - oldest.next() > MEMORY_NANOS) {
      oldest.remove();
    }
    UUID key = key(device, id);
    if (seen.containsKey(key)) {
      return Verdict.SEEN;
    }
    if (seen.size() >= limit) {
      return Verdict.TOO_MANY;
    }
    seen.put(key, now);
    return Verdict.NEW;
  }

  /** Forgets the action, as the driver was not called for it. */
  synchronized void remove(String device, String id) {
    seen.remove(key(device, id));
  }

  /** Of one message of the bus, which may ask the same of several devices, each has its own. */
  private static UUID key(String device, String id) {
    return UUID.nameUUIDFromBytes(
        (device.length() + " " + device + id).getBytes(StandardCharsets.UTF_8));
  }
}
