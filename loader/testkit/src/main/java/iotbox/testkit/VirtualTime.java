package iotbox.testkit;

import iotbox.box.thread.ManualAlarm;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/**
 * The box's clock while a test runs: it stands still until the test lets time pass, and then goes
 * from one thing that is due to the next. Between two it waits for the calls into handlers that
 * have begun, so that what they lead to is due in its turn. A call that does not come back is
 * waited for once: it hangs, and its deadline may pass.
 */
final class VirtualTime extends ManualAlarm {
  /** Real time. Longer than a driver may take to find out that nobody answers at its port. */
  static final Duration HANGS = Duration.ofMillis(1_200);

  private static final long GLANCE = TimeUnit.MICROSECONDS.toNanos(200);

  private IntSupplier going = () -> 0;

  /** So many calls are known to hang. For the one thread that lets time pass. */
  private int hanging;

  /**
   * @param calls how many calls into handlers have not come back
   */
  void waitFor(IntSupplier calls) {
    going = calls;
  }

  @Override
  protected void settle() {
    long deadline = System.nanoTime() + HANGS.toNanos();
    while (going.getAsInt() > hanging && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(GLANCE);
    }
    hanging = going.getAsInt();
  }
}
