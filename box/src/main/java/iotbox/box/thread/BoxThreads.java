package iotbox.box.thread;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes every thread of the box, so that one look tells which there are. All are daemons: the box
 * ends when the program says so, not when a foreign loop feels like it.
 */
public final class BoxThreads implements AutoCloseable {
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, named("timer"));
  private final ExecutorService foreign = Executors.newCachedThreadPool(named("handler"));
  private final ExecutorService work = Executors.newCachedThreadPool(named("work"));

  public BoxThreads() {
    timer.setRemoveOnCancelPolicy(true);
  }

  /** For deadlines and delays; its tasks must not block. */
  public ScheduledExecutorService timer() {
    return timer;
  }

  /**
   * For the box's own work that may block. Threads are made as needed and end after a minute of
   * idleness.
   */
  public ExecutorService work() {
    return work;
  }

  /** For calls into handlers, which may hang; only the guard uses it. */
  public ExecutorService foreign() {
    return foreign;
  }

  /** A single thread for work that must be done in order. */
  public ScheduledExecutorService single(String name) {
    ScheduledThreadPoolExecutor single = new ScheduledThreadPoolExecutor(1, named(name));
    single.setRemoveOnCancelPolicy(true);
    single.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return single;
  }

  @Override
  public void close() {
    timer.shutdownNow();
    work.shutdownNow();
    foreign.shutdownNow();
  }

  private static ThreadFactory named(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
