package iotbox.box.guard;

import iotbox.loader.Diagnostic;
import iotbox.loader.HandlerStatus;
import iotbox.loader.Handlers;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * What running handlers did wrong last, by class: the part of a handler's diagnostics that the
 * compiler cannot know. A call that goes well removes the fault of its kind. Safe for all threads;
 * its lock, {@code faults}, is held for look-ups only.
 */
public final class HandlerFaults {
  // Weak keys: a call that ends after its handler was replaced must not bring the class back.
  private final Map<Class<?>, Map<String, Fault>> faults = new WeakHashMap<>();

  /**
   * A call that goes wrong.
   *
   * @param last what it said the last time
   * @param since when it went wrong after it had gone well
   */
  private record Fault(Diagnostic last, Instant since) {}

  /** The present faults of the class. */
  public List<Diagnostic> of(String className) {
    return faults(className).stream().map(Fault::last).toList();
  }

  /** When the first of its present faults came; empty if it has none. */
  public Optional<Instant> since(String className) {
    return faults(className).stream().map(Fault::since).min(Comparator.naturalOrder());
  }

  private List<Fault> faults(String className) {
    synchronized (faults) {
      return faults.entrySet().stream()
          .filter(entry -> entry.getKey().getName().equals(className))
          .flatMap(entry -> entry.getValue().values().stream())
          .toList();
    }
  }

  /**
   * How a file is doing: one that was loaded well and then failed while it ran has failed, too.
   * What an earlier version that still runs does wrong is told of that one.
   */
  public HandlerStatus.State stateOf(HandlerStatus file) {
    boolean failed = runs(file) && !of(file.className()).isEmpty();
    return failed ? HandlerStatus.State.FAILED : file.state();
  }

  /** Whether it is this version of the file that runs. */
  private static boolean runs(HandlerStatus file) {
    return file.running() == null
        && file.state() == HandlerStatus.State.LOADED
        && file.className() != null;
  }

  /** A call of this kind into the class went wrong. */
  public void failed(Class<?> type, String call, Throwable fault) {
    Diagnostic diagnostic = Diagnostic.error(line(type, fault), 1, fault.getMessage());
    synchronized (faults) {
      faults
          .computeIfAbsent(type, handler -> new LinkedHashMap<>())
          .merge(
              call,
              new Fault(diagnostic, Instant.now()),
              (former, next) -> new Fault(next.last(), former.since()));
    }
  }

  /** A call of this kind into the class went well: its fault is forgotten. */
  public void succeeded(Class<?> type, String call) {
    synchronized (faults) {
      Map<String, Fault> calls = faults.get(type);
      if (calls != null && calls.remove(call) != null && calls.isEmpty()) {
        faults.remove(type);
      }
    }
  }

  /** Forgets handlers that are gone. */
  public void retain(Handlers present) {
    Set<Class<?>> types = new HashSet<>();
    present.drivers().forEach(driver -> types.add(driver.type()));
    present.interfaces().forEach(listing -> types.add(listing.type()));
    synchronized (faults) {
      faults.keySet().retainAll(types);
    }
  }

  /**
   * The line of the class's own source where it went wrong; 1 where the stack trace does not tell.
   */
  private static int line(Class<?> type, Throwable fault) {
    Throwable origin = fault.getCause() == null ? fault : fault.getCause();
    for (StackTraceElement frame : origin.getStackTrace()) {
      String name = frame.getClassName();
      boolean own = name.equals(type.getName()) || name.startsWith(type.getName() + "$");
      if (own && frame.getLineNumber() > 0) {
        return frame.getLineNumber();
      }
    }
    return 1;
  }
}
