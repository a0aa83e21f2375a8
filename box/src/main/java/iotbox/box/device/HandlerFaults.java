package iotbox.box.device;

import iotbox.loader.Diagnostic;
import iotbox.loader.Handlers;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What running handlers did wrong last, by class: the part of a handler's diagnostics that the
 * compiler cannot know. A call that goes well removes the fault of its kind. Safe for all threads,
 * without blocking.
 */
public final class HandlerFaults {
  private final Map<Key, Diagnostic> faults = new ConcurrentHashMap<>();

  private record Key(Class<?> type, String call) {}

  /** The present faults of the class. */
  public List<Diagnostic> of(String className) {
    return faults.entrySet().stream()
        .filter(entry -> entry.getKey().type().getName().equals(className))
        .map(Map.Entry::getValue)
        .toList();
  }

  void failed(Class<?> type, String call, Throwable fault) {
    faults.put(new Key(type, call), Diagnostic.error(line(type, fault), 1, fault.getMessage()));
  }

  void succeeded(Class<?> type, String call) {
    faults.remove(new Key(type, call));
  }

  /** Forgets handlers that are gone, so that their classes can go too. */
  void retain(Handlers present) {
    Set<Class<?>> types = new HashSet<>();
    present.drivers().forEach(driver -> types.add(driver.type()));
    present.interfaces().forEach(listing -> types.add(listing.type()));
    faults.keySet().removeIf(key -> !types.contains(key.type()));
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
