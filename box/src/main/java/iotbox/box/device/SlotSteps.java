package iotbox.box.device;

import iotbox.box.device.DeviceSlot.Phase;
import iotbox.box.device.choice.Candidates;
import iotbox.box.device.choice.DriverChooser;
import iotbox.box.device.choice.DriverRules;
import iotbox.box.event.EventHub;
import iotbox.box.guard.DriverGuard;
import iotbox.box.guard.HandlerFaults;
import iotbox.loader.DriverType;
import iotbox.loader.Handlers;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a slot from phase to phase, as it is ready for and as is wanted from outside: has a {@link
 * Search} begin, has it opened and closed, and lets it start over.
 *
 * <p>All methods are called under the manager's lock, which is the one given here. The asynchronous
 * answers of the guard come on other threads and take it.
 */
final class SlotSteps {
  private static final Logger LOG = LoggerFactory.getLogger(SlotSteps.class);

  private final Replacement replacement = new Replacement();
  private final PresentDrivers present;
  private final DriverChooser chooser;
  private final Retries retries;
  private final Search search;
  private final Opening opening;
  private final Offers offers;
  private final HandlerChanges handlerChanges;
  private final Consumer<DeviceSlot> gone;
  private boolean closed;

  /**
   * @param gone is told, under the lock, of a slot that is done with
   * @param changed is told that some status changed; must not block
   */
  SlotSteps(
      Object lock,
      Supplier<Handlers> handlers,
      DriverGuard guard,
      HandlerFaults faults,
      EventHub events,
      DriverRules rules,
      Consumer<DeviceSlot> gone,
      Runnable changed) {
    this.present = new PresentDrivers(handlers, rules, replacement);
    this.chooser = new DriverChooser(guard, faults);
    this.retries = new Retries(lock, guard.alarm());
    this.search = new Search(this, lock, guard, present, chooser, retries, changed);
    this.opening = new Opening(lock, guard, faults, events, this::advance, changed);
    this.offers = new Offers(this, lock, guard, present, chooser, retries);
    this.handlerChanges = new HandlerChanges(this, offers, replacement);
    this.gone = gone;
  }

  /** What follows for the slots when the handlers are replaced. */
  HandlerChanges handlerChanges() {
    return handlerChanges;
  }

  /** Takes the next step that a slot is ready for. */
  void advance(DeviceSlot slot) {
    retries.callOff(slot);
    boolean wanted = slot.present && !closed;
    if (!wanted) {
      slot.asking = null;
    }
    if (slot.phase == Phase.OPEN && !wanted) {
      opening.close(slot);
    } else if (slot.phase == Phase.FREE && !wanted) {
      gone.accept(slot);
    } else if (slot.phase == Phase.FREE) {
      slot.waits = replacement.concerns(slot);
      if (!slot.waits) {
        search.begin(slot);
      }
    }
  }

  /**
   * A driver took the device, perhaps too late.
   *
   * @param may who may have had it when the search began
   * @param inVain whether it is wanted otherwise by now
   */
  void found(DeviceSlot slot, Candidates may, DriverChooser.Choice choice, boolean inVain) {
    opening.open(slot, choice);
    if (present.isLeaving(choice.type(), slot)) {
      closeForReplacement(slot);
    } else if (inVain || closed) {
      opening.close(slot);
    } else {
      slot.rest();
      // The handlers may have changed meanwhile.
      Set<DriverType> now = Set.copyOf(present.of(slot));
      slot.doubt = choice.doubt();
      offers.toNewcomers(slot, may.drivers(), now);
      offers.later(slot, choice.doubt().among(now));
    }
  }

  /** Closes it because of a change of the handlers; opening it again is because of that, too. */
  void closeForReplacement(DeviceSlot slot) {
    replacement.closes(slot);
    opening.close(slot);
  }

  /**
   * Takes an open device from its driver and asks these; if none takes it, its former one has it
   * again.
   *
   * @param replaced whether that is because of the last change of the handlers
   */
  void move(DeviceSlot slot, Set<DriverType> wanting, boolean replaced) {
    DriverType former = slot.open.type();
    slot.candidates =
        present.candidates(slot).drivers().stream()
            .filter(driver -> wanting.contains(driver) || driver.equals(former))
            .toList();
    if (replaced) {
      closeForReplacement(slot);
    } else {
      opening.close(slot);
    }
  }

  /** People decided something else about the device. */
  void ruleChanged(DeviceSlot slot) {
    Candidates may = present.candidates(slot);
    if (slot.phase == Phase.OPEN) {
      boolean stays = may.drivers().contains(slot.open.type()) && (may.pinned() || !slot.pinned);
      if (!stays) {
        opening.close(slot);
      }
    } else {
      startOver(slot);
    }
  }

  /** The device was plugged in again, maybe elsewhere. */
  void pluggedInAgain(DeviceSlot slot) {
    LOG.info("{} was plugged in again", slot.identifier);
    renew(slot);
  }

  /** What its driver is made from is something else now. */
  void renew(DeviceSlot slot) {
    slot.forgive();
    if (slot.phase == Phase.OPEN) {
      opening.close(slot);
    } else {
      startOver(slot);
    }
  }

  /** Has drivers asked now, whatever came of it before. */
  void startOver(DeviceSlot slot) {
    slot.forgive();
    slot.asking = null;
    advance(slot);
  }

  /** Somebody wants it to be tried at once, whatever went wrong. */
  void retry(DeviceSlot slot) {
    present.of(slot).forEach(chooser::forgive);
    if (slot.phase == Phase.OPEN && slot.open.isStalled()) {
      opening.reopen(slot);
    } else if (slot.phase == Phase.OPEN) {
      slot.open.retry();
      offers.now(slot);
    } else {
      startOver(slot);
    }
  }

  /** As {@link DeviceManager#close}. */
  CompletableFuture<Void> end(List<DeviceSlot> slots) {
    closed = true;
    slots.forEach(this::advance);
    return CompletableFuture.allOf(
        slots.stream()
            .filter(slot -> slot.phase == Phase.CLOSING)
            .map(DeviceSlot::resting)
            .toArray(CompletableFuture<?>[]::new));
  }

  /** Whether {@link #end} was called. */
  boolean ended() {
    return closed;
  }
}
