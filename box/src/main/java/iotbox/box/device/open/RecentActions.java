package iotbox.box.device.open;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * The {@code action_unique_id}s of the last ten minutes, so that an action which arrives by two
 * ways runs at most once: also one that failed or hung, since nobody knows how far it came. Safe
 * for all threads; its lock, {@code this}, is held for look-ups and while the record is written.
 *
 * <p>What is kept of an id has the same few bytes however long it is, and the number of ids has a
 * limit. What was begun before a restart counts, too. Nothing is forgotten early to keep it: what
 * comes then is turned away.
 */
final class RecentActions {
  private static final Duration MEMORY = Duration.ofMinutes(10);
  private static final long MEMORY_NANOS = MEMORY.toNanos();
  private static final int LIMIT = 50_000;

  private final LongSupplier nanos;
  private final Clock clock;
  private final ActionRecord record;
  private final int limit;

  /** Whether those from before the restart are among the seen. */
  private boolean recalled;

  /** When each was seen, the oldest first. */
  private final Map<UUID, Long> seen = new LinkedHashMap<>();

  /** What is to be done with an action. */
  enum Verdict {
    NEW,
    SEEN,
    /** It could not be told apart from its repetition. */
    TOO_MANY
  }

  RecentActions(ActionRecord record) {
    this(System::nanoTime, Clock.systemUTC(), record, LIMIT);
  }

  /**
   * Those of the record, which is read when the first action comes.
   *
   * @param nanos a clock that only goes forward
   * @param clock one that goes on over restarts
   */
  RecentActions(LongSupplier nanos, Clock clock, ActionRecord record, int limit) {
    this.nanos = nanos;
    this.clock = clock;
    this.record = record;
    this.limit = limit;
  }

  /** Remembers that this device was sent the action, if that is new. */
  synchronized Verdict add(String device, String id) {
    long now = nanos.getAsLong();
    if (!recalled) {
      recalled = true;
      recall(now);
    }
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
    record.begun(key, clock.instant());
    if (record.isCrowded(seen.size())) {
      record.keepOnly(seenAt(now));
    }
    return Verdict.NEW;
  }

  /** If the clock was set back meanwhile, they count as of now. */
  private void recall(long now) {
    record
        .recall()
        .forEach(
            (key, when) -> {
              Duration age = Duration.between(when, clock.instant());
              if (age.compareTo(MEMORY) <= 0) {
                seen.put(key, now - Math.max(0, age.toNanos()));
              }
            });
    record.keepOnly(seenAt(now));
  }

  private Map<UUID, Instant> seenAt(long now) {
    Map<UUID, Instant> times = new LinkedHashMap<>();
    seen.forEach((key, then) -> times.put(key, clock.instant().minusNanos(now - then)));
    return times;
  }

  /** Forgets the action, as the driver was not called for it. */
  synchronized void remove(String device, String id) {
    UUID key = key(device, id);
    if (seen.remove(key) != null) {
      record.notBegun(key);
    }
  }

  /** Of one message of the bus, which may ask the same of several devices, each has its own. */
  private static UUID key(String device, String id) {
    return UUID.nameUUIDFromBytes(
        (device.length() + " " + device + id).getBytes(StandardCharsets.UTF_8));
  }
}
