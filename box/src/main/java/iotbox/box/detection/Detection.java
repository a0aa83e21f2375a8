package iotbox.box.detection;

import iotbox.box.device.DeviceManager;
import iotbox.box.guard.DriverGuard;
import iotbox.box.guard.HandlerFaults;
import iotbox.box.guard.OverdueCall;
import iotbox.box.tally.Durations;
import iotbox.box.tally.Durations.Counted;
import iotbox.loader.DriverType;
import iotbox.loader.HandlerRegistry;
import iotbox.loader.HandlerSet;
import iotbox.loader.Handlers;
import iotbox.loader.InterfaceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Runs a {@link DetectionLoop} for each interface of the present handlers, and follows their
 * changes.
 *
 * <p>The lock {@code this} guards the loops; changes come from the loader one at a time.
 */
public final class Detection implements HandlerRegistry.Listener, AutoCloseable {
  private final DriverGuard guard;
  private final HandlerFaults faults;
  private final DeviceManager manager;
  private final Map<InterfaceType, DetectionLoop> loops = new LinkedHashMap<>();
  private final Durations rounds = new Durations();
  private boolean closed;

  public Detection(DriverGuard guard, HandlerFaults faults, DeviceManager manager) {
    this.guard = guard;
    this.faults = faults;
    this.manager = manager;
  }

  /** Why nobody looks for devices, for people; empty if it is done. */
  public synchronized Optional<String> trouble() {
    return loops.isEmpty()
        ? Optional.of("it does not look for devices: it is starting or ending")
        : Optional.empty();
  }

  /** All interfaces that run. */
  public synchronized List<InterfaceStatus> status() {
    return loops.values().stream().map(DetectionLoop::status).toList();
  }

  /** Calls into drivers and interfaces that are past their deadline and have not come back. */
  public List<OverdueCall> overdue() {
    return guard.overdue();
  }

  /** How many of these there were up to now, by what was called. */
  public Map<String, Long> givenUp() {
    return guard.givenUp();
  }

  /**
   * How long interfaces took to list their devices, by their class; {@code success}, {@code error},
   * or {@code stalled} if the time was up.
   */
  public List<Counted> rounds() {
    return rounds.now();
  }

  /** Has an interface asked at once, as a person wants; whether there is one of this class. */
  public synchronized boolean retry(String className) {
    List<DetectionLoop> wanted =
        loops.values().stream().filter(loop -> loop.type().className().equals(className)).toList();
    wanted.forEach(DetectionLoop::retry);
    return !wanted.isEmpty();
  }

  /**
   * Stops the interfaces of these sets and closes the devices of their drivers. The devices that
   * the interfaces list stay if their drivers do: the next version takes them over.
   */
  @Override
  public CompletableFuture<?> leaving(Set<HandlerSet> sets) {
    List<CompletableFuture<?>> stopping = new ArrayList<>();
    Set<DriverType> drivers = new HashSet<>();
    Set<InterfaceType> interfaces = new HashSet<>();
    for (HandlerSet set : sets) {
      drivers.addAll(set.drivers());
      interfaces.addAll(set.interfaces());
    }
    synchronized (this) {
      loops.values().stream()
          .filter(loop -> interfaces.contains(loop.type()))
          .forEach(loop -> stopping.add(loop.stop()));
    }
    stopping.add(manager.leaving(drivers));
    return CompletableFuture.allOf(stopping.toArray(new CompletableFuture<?>[0]));
  }

  /**
   * Makes the running interfaces those of {@code after}: called at the start (with {@code before}
   * empty) and on each change. Unchanged interfaces go on; a changed one takes over the devices of
   * its former version.
   */
  @Override
  public void changed(Handlers before, Handlers after) {
    manager.handlersChanged(before, after);
    Set<InterfaceType> wanted = new HashSet<>(after.interfaces());
    Set<String> names = names(wanted);
    synchronized (this) {
      if (closed) {
        return;
      }
      for (DetectionLoop loop : List.copyOf(loops.values())) {
        if (!wanted.contains(loop.type())) {
          loops.remove(loop.type());
          loop.stop();
          if (!names.contains(loop.type().className())) {
            manager.detected(loop.source(), Map.of());
          }
        }
      }
      for (InterfaceType type : after.interfaces()) {
        if (!loops.containsKey(type)) {
          DetectionLoop loop = new DetectionLoop(type, guard, faults, manager, rounds);
          loops.put(type, loop);
          loop.ask();
        }
      }
    }
  }

  private static Set<String> names(Collection<InterfaceType> types) {
    return types.stream().map(InterfaceType::className).collect(Collectors.toSet());
  }

  /** Stops asking; devices stay as they are. */
  @Override
  public synchronized void close() {
    closed = true;
    loops.values().forEach(DetectionLoop::stop);
    loops.clear();
  }
}
