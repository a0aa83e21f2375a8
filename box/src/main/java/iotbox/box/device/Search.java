package iotbox.box.device;

import iotbox.box.device.DeviceSlot.Phase;
import iotbox.box.device.choice.Candidates;
import iotbox.box.device.choice.DriverChooser;
import iotbox.box.guard.DriverGuard;
import iotbox.box.guard.HandlerFault;
import iotbox.box.guard.Trouble;
import iotbox.loader.DriverType;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for the driver of a free slot: has those asked that may have it, and goes on by what comes
 * of it.
 *
 * <p>All methods are called under the manager's lock, which is the one given here. The asynchronous
 * answers of the guard come on other threads and take it.
 */
final class Search {
  private static final Logger LOG = LoggerFactory.getLogger(Search.class);

  private final SlotSteps steps;
  private final Object lock;
  private final DriverGuard guard;
  private final PresentDrivers present;
  private final DriverChooser chooser;
  private final Retries retries;
  private final Runnable changed;

  /**
   * @param changed is told that some status changed; must not block
   */
  Search(
      SlotSteps steps,
      Object lock,
      DriverGuard guard,
      PresentDrivers present,
      DriverChooser chooser,
      Retries retries,
      Runnable changed) {
    this.steps = steps;
    this.lock = lock;
    this.guard = guard;
    this.present = present;
    this.chooser = chooser;
    this.retries = retries;
    this.changed = changed;
  }

  void begin(DeviceSlot slot) {
    Candidates may = present.candidates(slot);
    List<DriverType> asked = slot.candidates.stream().filter(may.drivers()::contains).toList();
    slot.candidates = List.of();
    slot.nobody = may.drivers().isEmpty() ? may : null;
    if (may.barred() != null) {
      slot.declined = List.of();
      slot.fault = null;
      slot.trouble = null;
      return;
    }
    slot.phase = Phase.PROBING;
    Object asking = new Object();
    slot.asking = asking;
    List<DriverType> asks = asked.isEmpty() ? may.drivers() : asked;
    chooser
        .choose(slot.identifier, slot.device, asks, may.pinned(), () -> slot.asking == asking)
        .whenComplete((choice, never) -> chosen(slot, may, asks, asking, choice));
  }

  private void chosen(
      DeviceSlot slot,
      Candidates may,
      List<DriverType> asked,
      Object asking,
      DriverChooser.Choice choice) {
    synchronized (lock) {
      slot.declined = choice.declined();
      slot.fault = null;
      boolean inVain = slot.asking != asking;
      HandlerFault fault = choice.driver() == null && !inVain ? choice.doubt().fault() : null;
      slot.trouble =
          fault == null
              ? null
              : Trouble.after(slot.trouble, fault, guard.alarm().now(), guard.pace().retry());
      if (choice.driver() == null) {
        slot.phase = Phase.FREE;
        slot.rest();
        if (inVain || present.areOthersThan(asked, slot)) {
          steps.advance(slot);
        } else {
          retryLater(slot);
        }
      } else {
        slot.pinned = may.pinned();
        slot.chosen = may.reason(choice, slot.device, asked);
        steps.found(slot, may, choice, inVain);
      }
    }
    changed.run();
  }

  private void retryLater(DeviceSlot slot) {
    if (slot.fruitless++ == 0) {
      LOG.info("{} has no driver: {}", slot.identifier, slot.declined);
    }
    if (slot.touched != null && !slot.touched.isClosed(slot.identifier)) {
      slot.touched = null; // If a driver takes it later, that is for another reason.
    }
    retries.plan(slot, retries.pause(slot), () -> steps.advance(slot));
  }
}
