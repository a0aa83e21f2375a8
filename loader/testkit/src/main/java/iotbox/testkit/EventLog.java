package iotbox.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All events of a test, in their order.
 *
 * <p>The lock {@code this} guards them; who waits for one is woken by it.
 */
final class EventLog {
  private final List<DeviceEvent> events = new ArrayList<>();

  synchronized void add(DeviceEvent event) {
    events.add(event);
    notifyAll();
  }

  synchronized List<DeviceEvent> all() {
    return List.copyOf(events);
  }

  /** Those that one reader has not seen yet. For one thread. */
  final class Reader {
    private final Predicate<DeviceEvent> mine;
    private int next;

    Reader(Predicate<DeviceEvent> mine) {
      this.mine = mine;
    }

    /**
     * The next that fits; those before it count as seen.
     *
     * @return {@code null} if none came in time
     */
    DeviceEvent await(Predicate<DeviceEvent> fits, Duration patience) {
      long deadline = System.nanoTime() + patience.toNanos();
      int at = next;
      synchronized (EventLog.this) {
        while (true) {
          for (; at < events.size(); at++) {
            DeviceEvent event = events.get(at);
            if (mine.test(event) && fits.test(event)) {
              next = at + 1;
              return event;
            }
          }
          long left = (deadline - System.nanoTime()) / 1_000_000;
          if (left <= 0) {
            return null;
          }
          try {
            EventLog.this.wait(left);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
          }
        }
      }
    }

    /** Those that it has not seen yet. */
    List<DeviceEvent> unseen() {
      synchronized (EventLog.this) {
        return events.stream().skip(next).filter(mine).toList();
      }
    }

    /** All of them. */
    Stream<DeviceEvent> all() {
      return EventLog.this.all().stream().filter(mine);
    }
  }
}
