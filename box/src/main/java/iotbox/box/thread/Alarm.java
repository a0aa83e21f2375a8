package iotbox.box.thread;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The clock and the timer by which handlers are called: pauses between questions, deadlines,
 * attempts after a fault. Tests have others, in which time passes when they say so.
 */
public interface Alarm {
  /** The time now. */
  Instant now();

  /** Runs the task then, on a thread where it must not block. The answer calls it off. */
  Runnable in(Duration pause, Runnable task);

  /**
   * The same future, or {@code null} as its value when it has not completed by then. Does not touch
   * the one given.
   */
  default <T> CompletableFuture<T> atMost(Duration patience, CompletableFuture<T> future) {
    CompletableFuture<T> bounded = future.copy();
    if (!bounded.isDone()) {
      Runnable callOff = in(patience, () -> bounded.complete(null));
      bounded.whenComplete((value, failure) -> callOff.run());
    }
    return bounded;
  }

  /** That of the system. */
  static Alarm of(BoxThreads threads) {
    return new Alarm() {
      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public Runnable in(Duration pause, Runnable task) {
        try {
          Future<?> later = threads.timer().schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS);
          return () -> later.cancel(false);
        } catch (RejectedExecutionException e) {
          return () -> {}; // The box has stopped, and nothing is due any more.
        }
      }
    };
  }
}
