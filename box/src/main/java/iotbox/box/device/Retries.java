package iotbox.box.device;

import iotbox.box.guard.Pace.Pauses;
import iotbox.box.thread.Alarm;
import java.time.Duration;

/**
 * When drivers are asked about a device again; one such time is planned for each at the most.
 *
 * <p>All methods are called under the manager's lock, which is the one given here. The alarm comes
 * on another thread and takes it.
 */
final class Retries {
  private static final Pauses PAUSES = pauses(Duration.ofMinutes(1));

  /**
   * At exclusive connections whoever asks sends something, and not every device likes what it does
   * not understand.
   */
  private static final Pauses LONG_PAUSES = pauses(Duration.ofMinutes(10));

  private final Object lock;
  private final Alarm alarm;

  Retries(Object lock, Alarm alarm) {
    this.lock = lock;
    this.alarm = alarm;
  }

  /** Nobody is to blame that nobody wants a device, however often. */
  private static Pauses pauses(Duration longest) {
    return new Pauses(Duration.ofSeconds(3), longest, Integer.MAX_VALUE);
  }

  /** The pause after nobody took the device. */
  Duration pause(DeviceSlot slot) {
    if (slot.trouble != null) {
      return slot.trouble.pause(alarm.now());
    }
    return (slot.isExclusive() ? LONG_PAUSES : PAUSES).after(slot.fruitless);
  }

  /**
   * Has this done after the pause, in place of what was planned before.
   *
   * @param step runs under the lock
   */
  void plan(DeviceSlot slot, Duration pause, Runnable step) {
    callOff(slot);
    slot.next = alarm.now().plus(pause);
    slot.retry =
        alarm.in(
            pause,
            () -> {
              synchronized (lock) {
                step.run();
              }
            });
  }

  /** Nothing is planned any more. */
  void callOff(DeviceSlot slot) {
    if (slot.retry != null) {
      slot.retry.run();
      slot.retry = null;
      slot.next = null;
    }
  }
}
