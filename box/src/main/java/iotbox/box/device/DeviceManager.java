package iotbox.box.device;

import iotbox.box.device.DeviceSlot.Phase;
import iotbox.box.device.choice.DriverRules;
import iotbox.box.device.open.ActionRecord;
import iotbox.box.device.open.ActionResult;
import iotbox.box.device.open.DeviceActions;
import iotbox.box.device.open.OpenDevice;
import iotbox.box.device.status.DeviceStatus;
import iotbox.box.event.EventHub;
import iotbox.box.guard.DriverGuard;
import iotbox.box.guard.HandlerFaults;
import iotbox.box.tally.Durations.Counted;
import iotbox.box.thread.BoxThreads;
import iotbox.handler.ActionData;
import iotbox.handler.Device;
import iotbox.loader.DriverType;
import iotbox.loader.Handlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Knows every detected device and which driver has it. Takes what the interfaces list and what the
 * loader changes, and has {@link SlotSteps} do what follows from it.
 *
 * <p>One lock, {@code this}, guards the slots and the changes of the handlers. It is never held
 * while a handler runs or a listener is told: the asynchronous answers of the guard come back and
 * take it again.
 */
public final class DeviceManager {
  private final HandlerFaults faults;
  private final BoxThreads threads;
  private final DriverRules rules;
  private final SlotSteps steps;
  private final Listings listings;
  private final DeviceActions actions;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, DeviceSlot> slots = new LinkedHashMap<>();

  private TouchedDevices touched = new TouchedDevices();
  private final AtomicBoolean telling = new AtomicBoolean();

  /** A manager without devices and rules, which does not know what was done before a restart. */
  public DeviceManager(
      Supplier<Handlers> handlers,
      DriverGuard guard,
      HandlerFaults faults,
      EventHub events,
      BoxThreads threads) {
    this(handlers, guard, faults, events, threads, DriverRules.none(), ActionRecord.NONE);
  }

  /**
   * A manager without devices that goes by these rules.
   *
   * @param handlers the present ones, asked for whenever drivers are chosen
   * @param begun the actions that were begun before a restart, and those of now
   */
  public DeviceManager(
      Supplier<Handlers> handlers,
      DriverGuard guard,
      HandlerFaults faults,
      EventHub events,
      BoxThreads threads,
      DriverRules rules,
      ActionRecord begun) {
    this.faults = faults;
    this.threads = threads;
    this.rules = rules;
    this.steps =
        new SlotSteps(
            this,
            handlers,
            guard,
            faults,
            events,
            rules,
            slot -> slots.remove(slot.identifier),
            this::changed);
    this.listings = new Listings(slots, steps);
    this.actions = new DeviceActions(begun);
    events.subscribe(actions::forgetUndone);
  }

  /**
   * From now on {@code listener} is told when any device's status changed, on any thread; it must
   * not block.
   */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** All detected devices. */
  public synchronized List<DeviceStatus> status() {
    return slots.values().stream()
        .filter(slot -> slot.present)
        .map(slot -> SlotStatus.of(slot, rules))
        .toList();
  }

  /** The detected device of this identifier. */
  public synchronized Optional<DeviceStatus> status(String identifier) {
    return Optional.ofNullable(slots.get(identifier))
        .filter(slot -> slot.present)
        .map(slot -> SlotStatus.of(slot, rules));
  }

  /** Whether drivers are asked about a device just now, or a device is being closed. */
  public synchronized boolean isAtWork() {
    return slots.values().stream()
        .anyMatch(slot -> slot.phase == Phase.PROBING || slot.phase == Phase.CLOSING);
  }

  /** Whether there is an open device with this identifier. */
  public synchronized boolean isOpen(String identifier) {
    return find(identifier) != null;
  }

  /**
   * Has the device's driver carry out an action, after those that wait for it already. Does not
   * block; the future never fails.
   */
  public CompletableFuture<ActionResult> action(String identifier, ActionData data) {
    OpenDevice device;
    synchronized (this) {
      device = find(identifier);
    }
    return device == null ? actions.ofNoDevice() : actions.carryOut(identifier, device, data);
  }

  /**
   * How long the actions took that were asked of devices, from their arrival to their answer, by
   * the driver's class ({@value DeviceActions#NOBODY} where there is no such device) and {@link
   * ActionResult#outcome()}.
   */
  public List<Counted> actions() {
    return actions.durations();
  }

  private OpenDevice find(String identifier) {
    DeviceSlot slot = slots.get(identifier);
    return slot == null || slot.phase != Phase.OPEN ? null : slot.open;
  }

  /**
   * What an interface lists now; new devices are offered to drivers, missing ones are closed. Does
   * not block. Besides the loops of the interfaces only tests call this.
   */
  public void detected(Source source, Map<String, Device> devices) {
    boolean different;
    synchronized (this) {
      different = !steps.ended() && listings.take(source, devices);
    }
    if (different) { // A thousand devices that stay as they are are nobody's news.
      changed();
    }
  }

  /** People decided something else about this device, which takes effect now. */
  public void ruleChanged(String identifier) {
    synchronized (this) {
      DeviceSlot slot = slots.get(identifier);
      if (slot != null && !steps.ended()) {
        steps.ruleChanged(slot);
      }
    }
    changed();
  }

  /**
   * Has a device opened anew, as what people said of it has changed, which its driver knows from
   * the time when it was made.
   */
  public void renew(String identifier) {
    synchronized (this) {
      DeviceSlot slot = slots.get(identifier);
      if (slot != null && !steps.ended()) {
        steps.renew(slot);
      }
    }
    changed();
  }

  /**
   * Has a device that gives trouble tried again at once, as a person wants: drivers are asked
   * again, a loop that died is started, a driver that hangs is replaced by a new instance. Whether
   * there is such a device; does not block.
   */
  public boolean retry(String identifier) {
    synchronized (this) {
      DeviceSlot slot = slots.get(identifier);
      if (slot == null || !slot.present || steps.ended()) {
        return false;
      }
      steps.retry(slot);
    }
    changed();
    return true;
  }

  /**
   * These drivers are about to be replaced: closes their devices, which wait until the handlers
   * have changed. Completes when none of the drivers is at work any more. Does not block; {@link
   * #handlersChanged} is to follow, which lets the devices go on.
   */
  public CompletableFuture<Void> leaving(Set<DriverType> drivers) {
    CompletableFuture<Void> left;
    synchronized (this) {
      left = steps.handlerChanges().leaving(List.copyOf(slots.values()), drivers);
    }
    changed();
    return left;
  }

  /**
   * The loader swapped the handlers: devices without a driver are offered to all of the new ones,
   * the others to those that go before theirs. Does not block.
   */
  public void handlersChanged(Handlers before, Handlers after) {
    synchronized (this) {
      touched = steps.handlerChanges().changed(List.copyOf(slots.values()), before, after);
      listings.handlersChanged(before, after, touched);
      faults.retain(after);
    }
    changed();
  }

  /** The devices that the last change of the handlers opened and closed, and will. */
  public synchronized TouchedDevices touched() {
    return touched;
  }

  /**
   * Tells the listeners soon, once for all changes till then, and on a thread that holds no lock of
   * this package.
   */
  private void changed() {
    if (telling.compareAndSet(false, true)) {
      threads
          .work()
          .execute(
              () -> {
                telling.set(false);
                listeners.forEach(Runnable::run);
              });
    }
  }

  /**
   * Closes all devices for good; the future completes when they are closed or their time is up.
   * Drivers that are being asked are not waited for, and get no device that stays open.
   *
   * <p>The listeners hear nothing of it: to whoever follows the devices, those of a box that ends
   * are not gone.
   */
  public synchronized CompletableFuture<Void> close() {
    listeners.clear();
    return steps.end(List.copyOf(slots.values()));
  }
}
