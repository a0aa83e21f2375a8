package iotbox.box.device;

import iotbox.box.device.DeviceSlot.Phase;
import iotbox.loader.DriverType;
import iotbox.loader.Handlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What follows for the devices when the handlers are replaced: the devices of those that leave are
 * closed and wait, and all of them are offered to those that come.
 *
 * <p>All methods are called under the manager's lock.
 */
final class HandlerChanges {
  private final SlotSteps steps;
  private final Offers offers;
  private final Replacement replacement;

  HandlerChanges(SlotSteps steps, Offers offers, Replacement replacement) {
    this.steps = steps;
    this.offers = offers;
    this.replacement = replacement;
  }

  /** As {@link DeviceManager#leaving}. */
  CompletableFuture<Void> leaving(List<DeviceSlot> slots, Set<DriverType> drivers) {
    replacement.begin(drivers);
    List<CompletableFuture<Void>> resting = new ArrayList<>();
    for (DeviceSlot slot : slots) {
      if (slot.phase == Phase.OPEN && drivers.contains(slot.open.type())) {
        steps.closeForReplacement(slot);
      }
      if (replacement.concerns(slot)) {
        boolean atWork = slot.phase == Phase.PROBING || slot.phase == Phase.CLOSING;
        resting.add(atWork ? slot.resting() : slot.offered);
      }
    }
    return CompletableFuture.allOf(resting.toArray(new CompletableFuture<?>[0]));
  }

  /** The handlers are others now. Answers what that does to devices, now and later. */
  TouchedDevices changed(List<DeviceSlot> slots, Handlers before, Handlers after) {
    TouchedDevices touched = replacement.done();
    Set<DriverType> present = Set.copyOf(after.drivers());
    for (DeviceSlot slot : slots) {
      slot.candidates = List.of();
      if (slot.phase == Phase.OPEN && !present.contains(slot.open.type())) {
        steps.closeForReplacement(slot);
      } else if (slot.phase == Phase.OPEN) {
        offers.toNewcomers(slot, before.drivers(), present);
      } else if (slot.phase == Phase.FREE) {
        replacement.opens(slot);
        steps.startOver(slot);
      }
      slot.doubt = slot.doubt.among(present); // Or what is gone would stay in memory.
    }
    return touched;
  }
}
