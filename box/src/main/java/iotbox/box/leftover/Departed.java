package iotbox.box.leftover;

import iotbox.loader.DriverType;
import iotbox.loader.HandlerSet;
import iotbox.loader.InterfaceType;
import iotbox.loader.LastingCalls;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Handlers that were replaced or removed, remembered without their classes: those of one group, or
 * (without {@code classes}) a driver that stays but has no device any more.
 */
final class Departed {
  /** Whose a thread is. */
  record Owner(String name, String file) {}

  private final Map<ClassLoader, Owner> owners = new LinkedHashMap<>();
  private final WeakReference<ClassLoader> classes;
  private final List<String> lastingCalls;
  private final long since = System.nanoTime();
  private int collections;

  private Departed(ClassLoader classes) {
    this.classes = new WeakReference<>(classes);
    this.lastingCalls = LastingCalls.in(classes);
  }

  /**
   * The handlers of this set.
   *
   * @param contexts gives the context class loader of a handler's threads
   */
  static Departed of(HandlerSet set, Function<Class<?>, ClassLoader> contexts) {
    List<Class<?>> types = new ArrayList<>();
    List<Owner> owners = new ArrayList<>();
    for (DriverType driver : set.drivers()) {
      types.add(driver.type());
      owners.add(new Owner(driver.className(), driver.file()));
    }
    for (InterfaceType listing : set.interfaces()) {
      types.add(listing.type());
      owners.add(new Owner(listing.className(), listing.file()));
    }
    Departed departed = new Departed(types.get(0).getClassLoader());
    for (int i = 0; i < types.size(); i++) {
      departed.owners.put(contexts.apply(types.get(i)), owners.get(i));
    }
    return departed;
  }

  /** A driver whose last device is closed. */
  static Departed of(DriverType driver, Function<Class<?>, ClassLoader> contexts) {
    Departed departed = new Departed(null);
    departed.owners.put(
        contexts.apply(driver.type()), new Owner(driver.className(), driver.file()));
    return departed;
  }

  /** Its class loader, {@code null} if that was collected or never went. */
  ClassLoader classes() {
    return classes.get();
  }

  /** Whose the thread is, or {@code null} if it has nothing to do with these handlers. */
  Owner owner(Thread thread) {
    ClassLoader context = thread.getContextClassLoader();
    Owner owner = owners.get(context);
    if (owner != null) {
      return owner;
    }
    ClassLoader loader = classes();
    boolean own =
        loader != null && (context == loader || thread.getClass().getClassLoader() == loader);
    return own ? everybody() : null;
  }

  /** All its handlers, where it cannot be told which. */
  Owner everybody() {
    return new Owner(joined(Owner::name), joined(Owner::file));
  }

  private String joined(Function<Owner, String> part) {
    return owners.values().stream().map(part).distinct().collect(Collectors.joining(", "));
  }

  /** What may hold its classes, by what they call. */
  List<String> lastingCalls() {
    return lastingCalls;
  }

  boolean isOlderThan(Duration age) {
    return System.nanoTime() - since >= age.toNanos();
  }

  /**
   * Whether its classes are still there and the collector should be asked; only a few times each.
   */
  boolean wantsCollection(int most) {
    return classes() != null && collections++ < most;
  }
}
