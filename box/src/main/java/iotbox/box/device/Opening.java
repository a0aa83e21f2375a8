package iotbox.box.device;

import iotbox.box.device.DeviceSlot.Phase;
import iotbox.box.device.choice.DriverChooser;
import iotbox.box.device.open.OpenDevice;
import iotbox.box.event.EventHub;
import iotbox.box.guard.DriverGuard;
import iotbox.box.guard.HandlerFaults;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a slot to a driver and takes it away.
 *
 * <p>All methods are called under the manager's lock, which is the one given here. The asynchronous
 * answers of the guard come on other threads and take it.
 */
final class Opening {
  private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

  private final Object lock;
  private final DriverGuard guard;
  private final HandlerFaults faults;
  private final EventHub events;
  private final Consumer<DeviceSlot> freed;
  private final Runnable changed;

  /**
   * @param freed is told, under the lock, of a slot that no driver has any more
   * @param changed is told that some status changed; must not block
   */
  Opening(
      Object lock,
      DriverGuard guard,
      HandlerFaults faults,
      EventHub events,
      Consumer<DeviceSlot> freed,
      Runnable changed) {
    this.lock = lock;
    this.guard = guard;
    this.faults = faults;
    this.events = events;
    this.freed = freed;
    this.changed = changed;
  }

  void open(DeviceSlot slot, DriverChooser.Choice choice) {
    slot.open =
        new OpenDevice(
            choice.type(),
            choice.driver(),
            choice.actions(),
            guard,
            faults,
            events,
            changed,
            device -> deaf(slot, device));
    slot.phase = Phase.OPEN;
    slot.fruitless = 0;
    LOG.info("{} is driven by {}", slot.identifier, choice.type().className());
    if (slot.touched != null) {
      slot.touched.opened(slot.identifier);
      slot.touched = null;
    }
    slot.open.start();
  }

  private void deaf(DeviceSlot slot, OpenDevice stalled) {
    synchronized (lock) {
      if (slot.phase == Phase.OPEN && slot.open == stalled && stalled.isStalled()) {
        reopen(slot);
      }
    }
  }

  /** The driver hangs and reacts to nothing: a new instance may do better. */
  void reopen(DeviceSlot slot) {
    LOG.warn("{} is opened anew, since its driver hangs", slot.identifier);
    slot.candidates = List.of(slot.open.type());
    close(slot);
  }

  void close(DeviceSlot slot) {
    OpenDevice device = slot.open;
    slot.open = null;
    slot.phase = Phase.CLOSING;
    device
        .close()
        .thenRun(
            () -> {
              synchronized (lock) {
                slot.phase = Phase.FREE;
                slot.rest();
                freed.accept(slot);
              }
              changed.run();
            });
  }
}
