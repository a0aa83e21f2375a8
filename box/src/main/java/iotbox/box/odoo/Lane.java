package iotbox.box.odoo;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that works in order, with at most one thing arranged for later. What fails
 * unexpectedly is logged and does not end it; after {@link #close()} nothing new is done.
 */
public final class Lane implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  private static final long PATIENCE_MILLIS = 500;

  private final ScheduledExecutorService thread;

  // Used on the thread only.
  private ScheduledFuture<?> next;

  public Lane(ScheduledExecutorService thread) {
    this.thread = thread;
  }

  /** Does it after what was asked before; on any thread. */
  public void run(Runnable task) {
    try {
      thread.execute(guarded(task));
    } catch (RejectedExecutionException e) {
      LOG.debug("Closed already");
    }
  }

  /** Arranges the next thing, instead of what was arranged before; on the thread only. */
  public void later(Duration delay, Runnable task) {
    cancel();
    try {
      next = thread.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("Closed already");
    }
  }

  /** Like {@link #later}, unless something is arranged for an earlier moment. */
  void within(Duration delay, Runnable task) {
    if (next == null || next.isDone() || next.getDelay(TimeUnit.NANOSECONDS) > delay.toNanos()) {
      later(delay, task);
    }
  }

  /** Gives up what is arranged; on the thread only. */
  public void cancel() {
    if (next != null) {
      next.cancel(false);
      next = null;
    }
  }

  /**
   * Nothing new is begun. What runs gets a moment to end, and is interrupted then: a pairing that
   * is being stored must reach the disk.
   */
  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.shutdownNow();
  }

  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.error("Work for Odoo failed for an unexpected reason", e);
      }
    };
  }
}
