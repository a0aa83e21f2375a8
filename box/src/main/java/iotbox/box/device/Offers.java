package iotbox.box.device;

import iotbox.box.device.DeviceSlot.Phase;
import iotbox.box.device.choice.Doubt;
import iotbox.box.device.choice.DriverChooser;
import iotbox.box.device.open.OpenDevice;
import iotbox.box.guard.DriverGuard;
import iotbox.box.guard.NotCalled;
import iotbox.box.guard.Pace.Pauses;
import iotbox.box.guard.Trouble;
import iotbox.box.thread.Alarm;
import iotbox.loader.DriverType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Offers open devices to drivers that go before their own: to newcomers, since at boot the handlers
 * that came with the box run before those of Odoo arrive, and to those that could not say whether
 * they want the device when it was their turn, since they hung, there or elsewhere.
 *
 * <p>A device that works is not taken away unless one of them really wants it. To find out at an
 * exclusive connection it must be closed; that happens once for each driver that is new, and once
 * for all those in {@linkplain Doubt doubt}, not while it is at work on an action. Its former
 * driver is asked right after.
 *
 * <p>All methods are called under the manager's lock, which is the one given here. The asynchronous
 * answers of the guard come on other threads and take it.
 */
final class Offers {
  private final SlotSteps steps;
  private final Object lock;
  private final PresentDrivers present;
  private final DriverChooser chooser;
  private final Retries retries;
  private final Alarm alarm;

  /** Between two questions to those that could not say. */
  private final Pauses pauses;

  Offers(
      SlotSteps steps,
      Object lock,
      DriverGuard guard,
      PresentDrivers present,
      DriverChooser chooser,
      Retries retries) {
    this.steps = steps;
    this.lock = lock;
    this.present = present;
    this.chooser = chooser;
    this.retries = retries;
    this.alarm = guard.alarm();
    this.pauses = guard.pace().retry();
  }

  /**
   * Offers an open device to the drivers that were not there when its own was chosen. One that is
   * in doubt and has changed since is a newcomer, too: perhaps it was mended.
   *
   * @param known the drivers that were there
   * @param now those that are there now
   */
  void toNewcomers(DeviceSlot slot, List<DriverType> known, Set<DriverType> now) {
    List<DriverType> unchanged = new ArrayList<>(known);
    unchanged.removeIf(driver -> slot.doubt.drivers().contains(driver) && !now.contains(driver));
    List<DriverType> newcomers =
        present.candidates(slot).newcomers(unchanged, slot.open.type(), slot.device);
    if (newcomers.isEmpty()) {
      return;
    }
    if (slot.isExclusive()) {
      steps.move(slot, Set.copyOf(newcomers), true);
      return;
    }
    OpenDevice open = slot.open;
    slot.offered =
        chooser
            .whoSupports(slot.identifier, slot.device, newcomers)
            .thenAccept(
                supporter -> {
                  synchronized (lock) {
                    if (mayMove(slot, open, supporter.type())) {
                      steps.move(slot, Set.of(supporter.type()), true);
                    }
                  }
                });
  }

  private boolean mayMove(DeviceSlot slot, OpenDevice open, DriverType to) {
    return to != null && isOpen(slot, open) && !present.isLeaving(to, slot);
  }

  private static boolean isOpen(DeviceSlot slot, OpenDevice open) {
    return slot.phase == Phase.OPEN && slot.open == open;
  }

  /** Has the drivers that are in doubt about an open device asked when they can say. */
  void later(DeviceSlot slot, Doubt doubt) {
    slot.doubt = doubt;
    if (doubt.drivers().isEmpty() || slot.handedOver || slot.phase != Phase.OPEN) {
      slot.unsaid = null;
      return;
    }
    slot.unsaid = Trouble.after(slot.unsaid, doubt.fault(), alarm.now(), pauses);
    plan(slot, slot.unsaid.pause(alarm.now()));
  }

  /** As somebody wants to try: has them asked at once. */
  void now(DeviceSlot slot) {
    slot.handedOver = false;
    slot.unsaid = null;
    ask(slot);
  }

  private void plan(DeviceSlot slot, Duration pause) {
    OpenDevice open = slot.open;
    retries.plan(
        slot,
        pause,
        () -> {
          if (isOpen(slot, open)) {
            ask(slot);
          }
        });
  }

  private void ask(DeviceSlot slot) {
    retries.callOff(slot);
    List<DriverType> may = present.candidates(slot).drivers();
    List<DriverType> drivers = slot.doubt.drivers().stream().filter(may::contains).toList();
    if (drivers.isEmpty()) {
      return;
    }
    if (!slot.open.isIdle()
        || drivers.stream().anyMatch(driver -> present.isLeaving(driver, slot))) {
      plan(slot, pauses.first());
    } else if (slot.isExclusive()) {
      handOver(slot, drivers);
    } else {
      askWhileOpen(slot, drivers);
    }
  }

  private void askWhileOpen(DeviceSlot slot, List<DriverType> drivers) {
    OpenDevice open = slot.open;
    slot.offered =
        chooser
            .whoSupports(slot.identifier, slot.device, drivers)
            .thenAccept(
                supporter -> {
                  synchronized (lock) {
                    if (mayMove(slot, open, supporter.type())) {
                      handOver(slot, List.of(supporter.type()));
                    } else if (isOpen(slot, open)) {
                      later(slot, supporter.doubt());
                    }
                  }
                });
  }

  /** To those of them that can be asked now; it is not closed for one that still hangs. */
  private void handOver(DeviceSlot slot, List<DriverType> drivers) {
    Set<DriverType> ready = new HashSet<>();
    Doubt silent = Doubt.NONE;
    for (DriverType driver : drivers) {
      NotCalled refusal = chooser.refusal(driver, slot.identifier);
      if (refusal == null) {
        ready.add(driver);
      } else {
        silent = silent.ifUnsaid(driver, refusal);
      }
    }
    if (ready.isEmpty()) {
      later(slot, silent);
    } else {
      slot.handedOver = true;
      steps.move(slot, ready, false);
    }
  }
}
