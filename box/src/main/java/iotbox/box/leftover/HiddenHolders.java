package iotbox.box.leftover;

import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the JDK keeps for whoever asked for it and tells nobody: shutdown hooks, JDBC drivers, the
 * values of ThreadLocals. It is read from the JDK's own fields, which the box's jar has opened in
 * its manifest ({@code Add-Opens}). Where they are closed, or are others in a later JDK, nothing is
 * found, and people get hints instead.
 */
final class HiddenHolders {
  private static final String HOOKS = "java.lang.ApplicationShutdownHooks";

  private final ClassLoader classes;
  private final Predicate<Thread> owned;
  private final List<String> held = new ArrayList<>();

  private HiddenHolders(ClassLoader classes, Predicate<Thread> owned) {
    this.classes = classes;
    this.owned = owned;
  }

  /**
   * Which of them hold an object of these classes, in words.
   *
   * @param owned whether a thread is of these handlers
   * @param threads all that run
   */
  static List<String> of(ClassLoader classes, Predicate<Thread> owned, Set<Thread> threads) {
    HiddenHolders holders = new HiddenHolders(classes, owned);
    holders.lookAtHooks();
    holders.lookAtDrivers();
    threads.forEach(holders::lookAtLocals);
    return holders.held;
  }

  private void lookAtHooks() {
    if (read(HOOKS, "hooks", null) instanceof Map<?, ?> hooks) {
      for (Object hook : copy(hooks)) {
        Thread thread = (Thread) hook;
        if (owned.test(thread) || isOurs(read("java.lang.Thread", "target", thread))) {
          held.add("shutdown hook " + thread.getName());
        }
      }
    }
  }

  /** The JDK adds hooks under the lock of the class that keeps them. */
  private static List<Object> copy(Map<?, ?> hooks) {
    try {
      synchronized (Class.forName(HOOKS)) {
        return new ArrayList<>(hooks.keySet());
      }
    } catch (ClassNotFoundException e) {
      return List.of();
    }
  }

  private void lookAtDrivers() {
    if (read("java.sql.DriverManager", "registeredDrivers", null) instanceof Collection<?> all) {
      for (Object info : all) {
        Object driver = read("java.sql.DriverInfo", "driver", info);
        if (isOurs(driver)) {
          held.add("JDBC driver " + driver.getClass().getName());
        }
      }
    }
  }

  private void lookAtLocals(Thread thread) {
    for (String field : List.of("threadLocals", "inheritableThreadLocals")) {
      Object map = read("java.lang.Thread", field, thread);
      Object table =
          map == null ? null : read("java.lang.ThreadLocal$ThreadLocalMap", "table", map);
      if (table != null && hasOurs(table)) {
        held.add("a ThreadLocal in thread " + thread.getName());
        return;
      }
    }
  }

  private boolean hasOurs(Object table) {
    for (int i = 0; i < Array.getLength(table); i++) {
      Object entry = Array.get(table, i);
      if (entry != null) {
        Object local = ((Reference<?>) entry).get();
        Object value = read("java.lang.ThreadLocal$ThreadLocalMap$Entry", "value", entry);
        if (isOurs(local) || isOurs(value)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isOurs(Object object) {
    return object != null && object.getClass().getClassLoader() == classes;
  }

  /** The field's value, or {@code null} if it cannot be read. */
  private static Object read(String type, String name, Object object) {
    try {
      Field field = Class.forName(type).getDeclaredField(name);
      return field.trySetAccessible() ? field.get(object) : null;
    } catch (ReflectiveOperationException | LinkageError e) {
      return null;
    }
  }
}
