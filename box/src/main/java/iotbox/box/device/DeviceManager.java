package iotbox.box.device;

import iotbox.box.device.DeviceSlot.Phase;
import iotbox.box.device.DeviceSlot.Source;
import iotbox.box.event.EventHub;
import iotbox.box.thread.BoxThreads;
import iotbox.handler.ActionData;
import iotbox.handler.Device;
import iotbox.loader.DriverType;
import iotbox.loader.Handlers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows every detected device and which driver has it. Takes what the interfaces list and what the
 * loader changes, has the drivers asked, opens and closes.
 *
 * <p>One lock, {@code this}, guards the slots. It is never held while a handler runs or a listener
 * is told: the asynchronous answers of the guard come back and take it again.
 */
public final class DeviceManager {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceManager.class);
  private static final long FIRST_PAUSE_SECONDS = 3;
  private static final long LONGEST_PAUSE_SECONDS = 60;

  private final Supplier<Handlers> handlers;
  private final DriverGuard guard;
  private final HandlerFaults faults;
  private final EventHub events;
  private final BoxThreads threads;
  private final DriverChooser chooser;
  private final RecentActions recent = new RecentActions();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, DeviceSlot> slots = new LinkedHashMap<>();
  private final AtomicBoolean telling = new AtomicBoolean();

  /** Drivers that are about to be replaced: nothing is opened with them any more. */
  private Set<DriverType> leaving = Set.of();

  private boolean closed;

  /**
   * A manager without devices.
   *
   * @param handlers the present ones, asked for whenever drivers are chosen
   */
  public DeviceManager(
      Supplier<Handlers> handlers,
      DriverGuard guard,
      HandlerFaults faults,
      EventHub events,
      BoxThreads threads) {
    this.handlers = handlers;
    this.guard = guard;
    this.faults = faults;
    this.events = events;
    this.threads = threads;
    this.chooser = new DriverChooser(guard, faults);
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
    return slots.values().stream().filter(slot -> slot.present).map(SlotStatus::of).toList();
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
    if (device == null) {
      return CompletableFuture.completedFuture(
          new ActionResult(ActionResult.Status.DISCONNECTED, null));
    }
    String id = data.getString("action_unique_id");
    if (id != null && !recent.add(id)) {
      return CompletableFuture.completedFuture(
          new ActionResult(ActionResult.Status.DUPLICATE, null));
    }
    CompletableFuture<ActionResult> result = device.action(data);
    if (id == null) {
      return result;
    }
    return result.thenApply(
        answer -> {
          if (answer.status() != ActionResult.Status.SUCCESS) {
            recent.remove(id);
          }
          return answer;
        });
  }

  private OpenDevice find(String identifier) {
    DeviceSlot slot = slots.get(identifier);
    return slot == null || slot.phase != Phase.OPEN ? null : slot.open;
  }

  /** What an interface lists now; new devices are offered to drivers, missing ones are closed. */
  void detected(Source source, Map<String, Device> devices) {
    synchronized (this) {
      if (closed) {
        return;
      }
      for (DeviceSlot slot : List.copyOf(slots.values())) {
        boolean missing = !devices.containsKey(slot.identifier);
        if (slot.source.className().equals(source.className()) && slot.present && missing) {
          LOG.info("{} is gone", slot.identifier);
          slot.present = false;
          advance(slot);
        }
      }
      devices.forEach((identifier, device) -> present(identifier, source, device));
    }
    changed();
  }

  private void present(String identifier, Source source, Device device) {
    DeviceSlot slot = slots.get(identifier);
    if (slot == null) {
      LOG.info("{} was found by {}", identifier, source.className());
      slot = new DeviceSlot(identifier, source, device);
      slots.put(identifier, slot);
      advance(slot);
    } else if (!slot.present) {
      slot.present = true;
      slot.source = source;
      slot.device = device;
      advance(slot);
    } else if (slot.source.className().equals(source.className())) {
      slot.source = source;
      slot.device = device; // The former one may be of the interface's former version.
    } else if (slot.fault == null) {
      slot.fault =
          source.className()
              + " lists it too; identifiers must be unique, so only the first counts";
      LOG.warn("{}: {}", identifier, slot.fault);
    }
  }

  /**
   * These drivers are about to be replaced: closes their devices, which wait until the handlers
   * have changed. Completes when none of the drivers is at work any more.
   */
  CompletableFuture<Void> leaving(Set<DriverType> drivers) {
    List<CompletableFuture<Void>> resting = new ArrayList<>();
    synchronized (this) {
      leaving = drivers;
      for (DeviceSlot slot : slots.values()) {
        if (slot.phase == Phase.OPEN && drivers.contains(slot.open.type())) {
          close(slot);
        }
        boolean atWork = slot.phase == Phase.PROBING || slot.phase == Phase.CLOSING;
        if (atWork && concernedBy(drivers, slot)) {
          resting.add(slot.resting());
        }
      }
    }
    changed();
    return CompletableFuture.allOf(resting.toArray(new CompletableFuture<?>[0]));
  }

  /** Whether one of these drivers may be asked to take the device. */
  private static boolean concernedBy(Set<DriverType> drivers, DeviceSlot slot) {
    return drivers.stream()
        .anyMatch(driver -> driver.connectionType().equals(slot.source.connectionType()));
  }

  /** The loader swapped the handlers: devices without a driver are offered to the new ones. */
  void handlersChanged(Handlers before, Handlers after) {
    synchronized (this) {
      leaving = Set.of();
      Set<DriverType> present = new HashSet<>(after.drivers());
      Set<String> known =
          before.drivers().stream().map(DriverType::className).collect(Collectors.toSet());
      for (DeviceSlot slot : List.copyOf(slots.values())) {
        if (slot.phase == Phase.OPEN
            && (!present.contains(slot.open.type()) || outranked(slot, after, known))) {
          close(slot);
        } else if (slot.phase == Phase.FREE) {
          slot.fruitless = 0;
          advance(slot);
        }
      }
      faults.retain(after);
    }
    changed();
  }

  /**
   * Whether a driver that was not there before would have been asked earlier than the one that has
   * the device: at boot the handlers that came with the box run before those of Odoo arrive.
   */
  private static boolean outranked(DeviceSlot slot, Handlers after, Set<String> known) {
    DriverType owner = slot.open.type();
    return after.drivers(slot.source.connectionType()).stream()
        .anyMatch(
            driver -> driver.priority() > owner.priority() && !known.contains(driver.className()));
  }

  /** Takes the next step that a slot is ready for; under the lock. */
  private void advance(DeviceSlot slot) {
    if (slot.retry != null) {
      slot.retry.cancel(false);
      slot.retry = null;
    }
    boolean wanted = slot.present && !closed;
    if (slot.phase == Phase.OPEN && !wanted) {
      close(slot);
    } else if (slot.phase == Phase.FREE && !wanted) {
      slots.remove(slot.identifier);
    } else if (slot.phase == Phase.FREE) {
      slot.waits = concernedBy(leaving, slot);
      if (!slot.waits) {
        probe(slot);
      }
    }
  }

  private void probe(DeviceSlot slot) {
    slot.phase = Phase.PROBING;
    List<DriverType> drivers = handlers.get().drivers(slot.source.connectionType());
    chooser
        .choose(slot.identifier, slot.device, drivers)
        .whenComplete((choice, never) -> chosen(slot, drivers, choice));
  }

  private void chosen(DeviceSlot slot, List<DriverType> asked, DriverChooser.Choice choice) {
    OpenDevice opened = null;
    synchronized (this) {
      slot.declined = choice.declined();
      slot.fault = choice.fault();
      List<DriverType> now = handlers.get().drivers(slot.source.connectionType());
      if (choice.driver() != null) {
        opened =
            new OpenDevice(
                choice.type(),
                choice.driver(),
                choice.actions(),
                guard,
                faults,
                events,
                this::changed);
        slot.open = opened;
        slot.phase = Phase.OPEN;
        slot.fruitless = 0;
        LOG.info("{} is driven by {}", slot.identifier, choice.type().className());
        opened.start();
        boolean goes = leaving.contains(choice.type()) || !now.contains(choice.type());
        if (!slot.present || closed || goes) {
          close(slot);
        } else {
          slot.rest();
        }
      } else {
        slot.phase = Phase.FREE;
        slot.rest();
        if (!slot.present || !now.equals(asked)) {
          advance(slot);
        } else {
          retryLater(slot);
        }
      }
    }
    changed();
  }

  private void retryLater(DeviceSlot slot) {
    long pause =
        Math.min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS << Math.min(slot.fruitless, 5));
    if (slot.fruitless++ == 0) {
      LOG.info("{} has no driver: {}", slot.identifier, slot.declined);
    }
    slot.retry =
        threads
            .timer()
            .schedule(
                () -> {
                  synchronized (this) {
                    advance(slot);
                  }
                },
                pause,
                TimeUnit.SECONDS);
  }

  private void close(DeviceSlot slot) {
    OpenDevice device = slot.open;
    slot.open = null;
    slot.phase = Phase.CLOSING;
    device
        .close()
        .thenRun(
            () -> {
              synchronized (this) {
                slot.phase = Phase.FREE;
                slot.rest();
                advance(slot);
              }
              changed();
            });
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

  /** Closes all devices; the future completes when they are closed or their time is up. */
  public CompletableFuture<Void> close() {
    List<CompletableFuture<Void>> closing = new ArrayList<>();
    synchronized (this) {
      closed = true;
      for (DeviceSlot slot : slots.values()) {
        if (slot.phase == Phase.OPEN) {
          closing.add(slot.open.close());
          slot.phase = Phase.CLOSING;
        }
      }
    }
    return CompletableFuture.allOf(closing.toArray(new CompletableFuture<?>[0]));
  }
}
