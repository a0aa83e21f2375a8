package iotbox.box.thread;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One for tests and for the test kit: passes when it is told to, and runs what is due on the thread
 * that tells it. The lock {@code this} guards the time and what is due; nothing runs under it.
 */
public class ManualAlarm implements Alarm {
  private final List<Due> due = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-26T08:00:00Z");

  private record Due(Instant at, Runnable task) {}

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

  /** Lets so much time pass. */
  public void pass(Duration duration) {
    Instant end = now().plus(duration);
    settle();
    for (Due next = next(end); next != null; next = next(end)) {
      next.task().run(); // Not under the lock: what is done takes others.
      settle();
    }
  }

  /**
   * Called before time goes on; may wait for what has been begun, so that it is due in its turn.
   */
  protected void settle() {}

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
}
