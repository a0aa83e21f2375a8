package iotbox.box.event;

import iotbox.box.thread.BoxThreads;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The clocks and the timer that the hub goes by; tests have others. */
interface Time {
  /** Microseconds since the epoch; may jump, when a box first hears of the right time. */
  long micros();

  /** Nanoseconds by a clock that only goes forward, from any beginning. */
  long nanos();

  /** Runs the task then, on a thread where it must not block. The answer calls it off. */
  Runnable after(Duration delay, Runnable task);

  static Time of(BoxThreads threads) {
    return new Time() {
      @Override
      public long micros() {
        return TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
      }

      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public Runnable after(Duration delay, Runnable task) {
        try {
          ScheduledFuture<?> later =
              threads.timer().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
          return () -> later.cancel(false);
        } catch (RejectedExecutionException e) {
          return () -> {}; // The box has stopped, but a driver still tells something.
        }
      }
    };
  }
}
