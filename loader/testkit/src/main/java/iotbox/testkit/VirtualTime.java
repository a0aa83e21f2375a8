package iotbox.testkit;

import iotbox.box.thread.Alarm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/**
 * The box's clock while a test runs: it stands still until the test lets time pass, and then goes
 * from one thing that is due to the next. Between two it waits for the calls into handlers that
 * have begun, so that what they lead to is due in its turn. A call that does not come back is
 * waited for once: it hangs, and its deadline may pass.
 *
 * <p>The lock {@code this} guards the clock and what is due; nothing runs under it.
 */
final class VirtualTime implements Alarm {
  private static final Instant BEGINNING = Instant.parse("2026-01-05T08:00:00Z");

  /** Real time. Longer than a driver may take to find out that nobody answers at its port. */
  static final Duration HANGS = Duration.ofMillis(1_200);

  private static final long GLANCE = TimeUnit.MICROSECONDS.toNanos(200);

  private final List<Due> due = new ArrayList<>();
  private Instant now = BEGINNING;
  private IntSupplier going = () -> 0;

  /** So many calls are known to hang. For the one thread that lets time pass. */
  private int hanging;

  private record Due(Instant at, Runnable task) {}

  /**
   * @param calls how many calls into handlers have not come back
   */
  void waitFor(IntSupplier calls) {
    going = calls;
  }

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized Runnable in(Duration pause, Runnable task) {
    Due later = new Due(now.plus(pause), task);
    due.add(later);
    return () -> remove(later);
  }

  private synchronized void remove(Due later) {
    due.remove(later);
  }

  /** Lets so much time pass; what is due runs on this thread. */
  void pass(Duration duration) {
    Instant end = now().plus(duration);
    settle();
    for (Due next = next(end); next != null; next = next(end)) {
      next.task().run();
      settle();
    }
  }

  /** Goes on to the next that is due by then, or to then. */
  private synchronized Due next(Instant end) {
    Due next =
        due.stream()
            .filter(each -> !each.at().isAfter(end))
            .min(Comparator.comparing(Due::at))
            .orElse(null);
    now = next == null ? end : next.at();
    due.remove(next);
    return next;
  }

  private void settle() {
    long deadline = System.nanoTime() + HANGS.toNanos();
    while (going.getAsInt() > hanging && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(GLANCE);
    }
    hanging = going.getAsInt();
  }
}
