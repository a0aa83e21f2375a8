package iotbox.box.device;

import iotbox.box.device.DeviceSlot.Phase;
import iotbox.box.event.EventHub;
import iotbox.box.guard.DriverGuard;
import iotbox.box.guard.HandlerFault;
import iotbox.box.guard.HandlerFaults;
import iotbox.box.guard.Pace.Pauses;
import iotbox.box.guard.Trouble;
import iotbox.box.thread.Alarm;
import iotbox.loader.DriverType;
import iotbox.loader.Handlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a slot from phase to phase: has the drivers asked, opens, closes, tries again.
 *
 * <p>All methods are called under the manager's lock, which is the one given here. The asynchronous
 * answers of the guard come on other threads and take it.
 */
final class SlotSteps {
  private static final Logger LOG = LoggerFactory.getLogger(SlotSteps.class);
  private static final Pauses PAUSES = pauses(Duration.ofMinutes(1));

  /**
   * At exclusive connections whoever asks sends something, and not every device likes what it does
   * not understand.
   */
  private static final Pauses LONG_PAUSES = pauses(Duration.ofMinutes(10));

  private final Object lock;
  private final Supplier<Handlers> handlers;
  private final DriverGuard guard;
  private final HandlerFaults faults;
  private final EventHub events;
  private final Alarm alarm;
  private final DriverRules rules;
  private final DriverQuestions questions;
  private final DriverChooser chooser;
  private final Offers offers;
  private final Consumer<DeviceSlot> gone;
  private final Runnable changed;

  /** Drivers that are about to be replaced: nothing is opened with them any more. */
  private Set<DriverType> leaving = Set.of();

  /** What the last change of the handlers did, or does just now. */
  private TouchedDevices touched = new TouchedDevices();

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
    this.lock = lock;
    this.handlers = handlers;
    this.guard = guard;
    this.faults = faults;
    this.events = events;
    this.alarm = guard.alarm();
    this.rules = rules;
    this.questions = new DriverQuestions(guard, faults);
    this.chooser = new DriverChooser(questions);
    this.offers = new Offers(this, lock, questions, chooser, alarm, guard.pace().retry());
    this.gone = gone;
    this.changed = changed;
  }

  /** As {@link DeviceManager#leaving}. */
  CompletableFuture<Void> leaving(List<DeviceSlot> slots, Set<DriverType> drivers) {
    leaving = drivers;
    touched = new TouchedDevices();
    List<CompletableFuture<Void>> resting = new ArrayList<>();
    for (DeviceSlot slot : slots) {
      if (slot.phase == Phase.OPEN && drivers.contains(slot.open.type())) {
        closeFor(touched, slot);
      }
      if (concernedBy(drivers, slot)) {
        boolean atWork = slot.phase == Phase.PROBING || slot.phase == Phase.CLOSING;
        resting.add(atWork ? slot.resting() : slot.offered);
      }
    }
    return CompletableFuture.allOf(resting.toArray(new CompletableFuture<?>[0]));
  }

  /** Whether one of these drivers may be asked to take the device. */
  private static boolean concernedBy(Set<DriverType> drivers, DeviceSlot slot) {
    return drivers.stream()
        .anyMatch(driver -> driver.connectionType().equals(slot.source.connectionType()));
  }

  /** The handlers are others now. Answers what that does to devices, now and later. */
  TouchedDevices handlersChanged(List<DeviceSlot> slots, Handlers before, Handlers after) {
    if (leaving.isEmpty()) {
      touched = new TouchedDevices(); // Else there is one since they left.
    }
    leaving = Set.of();
    Set<DriverType> present = Set.copyOf(after.drivers());
    for (DeviceSlot slot : slots) {
      slot.candidates = List.of();
      if (slot.phase == Phase.OPEN && !present.contains(slot.open.type())) {
        closeFor(touched, slot);
      } else if (slot.phase == Phase.OPEN) {
        offers.toNewcomers(slot, before.drivers(), present);
      } else if (slot.phase == Phase.FREE) {
        slot.touched = touched;
        startOver(slot);
      }
      slot.doubt = slot.doubt.among(present); // Or what is gone would stay in memory.
    }
    return touched;
  }

  /** Closes it because of a change of the handlers; opening it again is because of that, too. */
  private void closeFor(TouchedDevices change, DeviceSlot slot) {
    change.closed(slot.identifier);
    slot.touched = change;
    close(slot);
  }

  /**
   * Takes an open device from its driver and asks these; if none takes it, its former one has it
   * again.
   *
   * @param changed whether that is because of the last change of the handlers
   */
  void move(DeviceSlot slot, Set<DriverType> wanting, boolean changed) {
    DriverType former = slot.open.type();
    slot.candidates =
        candidates(slot).drivers().stream()
            .filter(driver -> wanting.contains(driver) || driver.equals(former))
            .toList();
    if (changed) {
      closeFor(touched, slot);
    } else {
      close(slot);
    }
  }

  /** People decided something else about the device. */
  void ruleChanged(DeviceSlot slot) {
    Candidates may = candidates(slot);
    if (slot.phase == Phase.OPEN) {
      boolean stays = may.drivers().contains(slot.open.type()) && (may.pinned() || !slot.pinned);
      if (!stays) {
        close(slot);
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
      close(slot);
    } else {
      startOver(slot);
    }
  }

  /** Has drivers asked now, whatever came of it before. */
  private void startOver(DeviceSlot slot) {
    slot.forgive();
    slot.asking = null;
    advance(slot);
  }

  private List<DriverType> drivers(DeviceSlot slot) {
    return handlers.get().drivers(slot.source.connectionType());
  }

  /** Who may have the device. */
  Candidates candidates(DeviceSlot slot) {
    return Candidates.of(
        slot.device,
        slot.source.connectionType(),
        rules.of(slot.identifier, slot.device),
        drivers(slot));
  }

  /** Whether it is about to be replaced, or gone. */
  boolean isLeaving(DriverType driver, DeviceSlot slot) {
    return leaving.contains(driver) || !drivers(slot).contains(driver);
  }

  /** Somebody wants it to be tried at once, whatever went wrong. */
  void retry(DeviceSlot slot) {
    drivers(slot).forEach(questions::forgive);
    if (slot.phase == Phase.OPEN && slot.open.isStalled()) {
      reopen(slot, slot.open);
    } else if (slot.phase == Phase.OPEN) {
      slot.open.retry();
      offers.now(slot);
    } else {
      startOver(slot);
    }
  }

  /** Takes the next step that a slot is ready for. */
  void advance(DeviceSlot slot) {
    if (slot.retry != null) {
      slot.retry.run();
      slot.retry = null;
      slot.next = null;
    }
    boolean wanted = slot.present && !closed;
    if (!wanted) {
      slot.asking = null;
    }
    if (slot.phase == Phase.OPEN && !wanted) {
      close(slot);
    } else if (slot.phase == Phase.FREE && !wanted) {
      gone.accept(slot);
    } else if (slot.phase == Phase.FREE) {
      slot.waits = concernedBy(leaving, slot);
      if (!slot.waits) {
        probe(slot);
      }
    }
  }

  private void probe(DeviceSlot slot) {
    Candidates may = candidates(slot);
    List<DriverType> asked = slot.candidates.stream().filter(may.drivers()::contains).toList();
    slot.candidates = List.of();
    if (may.barred() != null) {
      slot.barred = may;
      slot.declined = List.of();
      slot.fault = null;
      slot.trouble = null;
      return;
    }
    slot.barred = null;
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
              : Trouble.after(slot.trouble, fault, alarm.now(), guard.pace().retry());
      if (choice.driver() == null) {
        slot.phase = Phase.FREE;
        slot.rest();
        if (inVain || !Set.copyOf(candidates(slot).drivers()).equals(Set.copyOf(asked))) {
          advance(slot);
        } else {
          retryLater(slot);
        }
      } else {
        slot.pinned = may.pinned();
        slot.chosen =
            may.pinned()
                ? may.why()
                : Reason.asked(choice.type(), slot.device, asked, may.drivers(), choice.declined());
        open(slot, choice);
        if (isLeaving(choice.type(), slot)) {
          closeFor(touched, slot);
        } else if (inVain || closed) {
          close(slot);
        } else {
          slot.rest();
          // The handlers may have changed meanwhile.
          Set<DriverType> present = Set.copyOf(drivers(slot));
          slot.doubt = choice.doubt();
          offers.toNewcomers(slot, may.drivers(), present);
          offers.later(slot, choice.doubt().among(present));
        }
      }
    }
    changed.run();
  }

  private void open(DeviceSlot slot, DriverChooser.Choice choice) {
    slot.open =
        new OpenDevice(
            choice.type(),
            choice.driver(),
            choice.actions(),
            guard,
            faults,
            events,
            changed,
            device -> reopen(slot, device));
    slot.phase = Phase.OPEN;
    slot.fruitless = 0;
    LOG.info("{} is driven by {}", slot.identifier, choice.type().className());
    if (slot.touched != null) {
      slot.touched.opened(slot.identifier);
      slot.touched = null;
    }
    slot.open.start();
  }

  /** The driver hangs and reacts to nothing: a new instance may do better. */
  private void reopen(DeviceSlot slot, OpenDevice stalled) {
    synchronized (lock) {
      if (slot.phase == Phase.OPEN && slot.open == stalled && stalled.isStalled()) {
        LOG.warn("{} is opened anew, since its driver hangs", slot.identifier);
        slot.candidates = List.of(stalled.type());
        close(slot);
      }
    }
  }

  private void retryLater(DeviceSlot slot) {
    if (slot.fruitless++ == 0) {
      LOG.info("{} has no driver: {}", slot.identifier, slot.declined);
    }
    if (slot.touched != null && !slot.touched.isClosed(slot.identifier)) {
      slot.touched = null; // If a driver takes it later, that is for another reason.
    }
    Duration pause = pause(slot);
    slot.next = alarm.now().plus(pause);
    slot.retry =
        alarm.in(
            pause,
            () -> {
              synchronized (lock) {
                advance(slot);
              }
            });
  }

  private Duration pause(DeviceSlot slot) {
    if (slot.trouble != null) {
      return slot.trouble.pause(alarm.now());
    }
    return (slot.isExclusive() ? LONG_PAUSES : PAUSES).after(slot.fruitless);
  }

  /** Nobody is to blame that nobody wants a device, however often. */
  private static Pauses pauses(Duration longest) {
    return new Pauses(Duration.ofSeconds(3), longest, Integer.MAX_VALUE);
  }

  private void close(DeviceSlot slot) {
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
                advance(slot);
              }
              changed.run();
            });
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
