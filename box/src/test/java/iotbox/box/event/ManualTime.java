package iotbox.box.event;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** Passes when it is told to, and runs what is due on the thread that tells it. */
final class ManualTime implements Time {
  private final Queue<Due> due =
      new PriorityQueue<>(Comparator.comparingLong(Due::nanos).thenComparingLong(Due::number));
  private long count;
  private long nanos = Long.MAX_VALUE - 1_000_000_000; // Such a clock may overflow at any time.
  private long micros = 1_795_312_262_000_000L;

  private record Due(long nanos, long number, Runnable task) {}

  @Override
  public long micros() {
    return micros;
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public Runnable after(Duration delay, Runnable task) {
    Due later = new Due(elapsed() + delay.toNanos(), count++, task);
    due.add(later);
    return () -> due.remove(later);
  }

  void pass(Duration duration) {
    long end = elapsed() + duration.toNanos();
    while (!due.isEmpty() && due.peek().nanos <= end) {
      Due next = due.remove();
      goOn(next.nanos - elapsed());
      next.task.run();
    }
    goOn(end - elapsed());
  }

  /** Somebody sets the clock. */
  void jump(Duration by) {
    micros += by.toNanos() / 1000;
  }

  private void goOn(long by) {
    nanos += by;
    micros += by / 1000;
  }

  private long elapsed() {
    return nanos - (Long.MAX_VALUE - 1_000_000_000);
  }
}
