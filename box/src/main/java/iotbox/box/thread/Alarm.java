package iotbox.box.thread;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The clock and the timer that the box goes by; tests have others. */
public interface Alarm {
  Instant now();

  /** Runs the task then, on a thread where it must not block. The answer calls it off. */
  Runnable in(Duration pause, Runnable task);

  static Alarm of(BoxThreads threads) {
    return new Alarm() {
      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public Runnable in(Duration pause, Runnable task) {
        Future<?> later = threads.timer().schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS);
        return () -> later.cancel(false);
      }
    };
  }
}
