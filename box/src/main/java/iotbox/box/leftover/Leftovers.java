package iotbox.box.leftover;

import iotbox.box.device.status.DeviceStatus;
import iotbox.box.guard.DriverGuard;
import iotbox.box.leftover.Departed.Owner;
import iotbox.box.thread.BoxThreads;
import iotbox.loader.DriverType;
import iotbox.loader.HandlerSet;
import iotbox.loader.Handlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, some seconds after handlers were replaced or a driver's last device was closed, whether
 * they left something behind, and names it: threads and timers by their context class loader,
 * settings of the JVM by asking for them, what the JDK keeps to itself by looking into it, and
 * anything else by the classes that stay in memory.
 *
 * <p>One lock, {@code this}, guards the fields. It is not held while threads are looked at or
 * garbage is collected; one look happens at a time.
 */
public final class Leftovers {
  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

  /** The JDK collects what nobody holds when it needs to; for the truth, it must be asked. */
  private static final int COLLECTIONS = 3;

  /**
   * When to look.
   *
   * @param grace how long handlers may take to end; more than {@code disconnect} usually has and
   *     the loop's patience
   * @param classes how long their classes may stay in memory
   * @param rest how long to wait until looking again, once all of it is known
   */
  public record Times(Duration grace, Duration classes, Duration rest) {
    static final Times USUAL =
        new Times(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMinutes(5));
  }

  private final DriverGuard guard;
  private final Supplier<Handlers> handlers;
  private final Supplier<List<DeviceStatus>> devices;
  private final BoxThreads threads;
  private final Times times;

  private final List<Departed> departed = new ArrayList<>();
  private final Map<String, Departed> idle = new LinkedHashMap<>();
  private Set<String> driving = Set.of();
  private Set<Leftover> found = Set.of();
  private boolean planned;

  /**
   * Nothing is left behind yet.
   *
   * @param handlers the present ones
   * @param devices the present ones
   */
  public Leftovers(
      DriverGuard guard,
      Supplier<Handlers> handlers,
      Supplier<List<DeviceStatus>> devices,
      BoxThreads threads) {
    this(guard, handlers, devices, threads, Times.USUAL);
  }

  /** One that looks at other times. */
  public Leftovers(
      DriverGuard guard,
      Supplier<Handlers> handlers,
      Supplier<List<DeviceStatus>> devices,
      BoxThreads threads,
      Times times) {
    this.guard = guard;
    this.handlers = handlers;
    this.devices = devices;
    this.threads = threads;
    this.times = times;
  }

  /** What was found at the last look. */
  public synchronized List<Leftover> now() {
    return List.copyOf(found);
  }

  /** Handlers were replaced; on any thread, does not block. */
  public synchronized void handlersChanged(Handlers before, Handlers after) {
    Set<HandlerSet> present = new HashSet<>(after.sets());
    for (HandlerSet set : before.sets()) {
      if (!present.contains(set)) {
        departed.add(Departed.of(set, guard::context));
        set.drivers().forEach(driver -> idle.remove(driver.className()));
        plan(times.grace);
      }
    }
  }

  /** Some device changed; on any thread, does not block. */
  public void devicesChanged() {
    Set<String> now =
        devices.get().stream()
            .map(DeviceStatus::driver)
            .filter(driver -> driver != null)
            .collect(Collectors.toSet());
    synchronized (this) {
      Set<String> before = driving;
      driving = now;
      idle.keySet().removeAll(now);
      for (HandlerSet set : handlers.get().sets()) {
        for (DriverType driver : set.drivers()) {
          if (before.contains(driver.className()) && !now.contains(driver.className())) {
            idle.put(driver.className(), Departed.of(driver, guard::context));
            plan(times.grace);
          }
        }
      }
    }
  }

  private void plan(Duration pause) {
    if (!planned) {
      planned = true;
      threads
          .timer()
          .schedule(
              () -> threads.work().execute(this::look), pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void look() {
    List<Departed> all;
    synchronized (this) {
      planned = false;
      all = new ArrayList<>(departed);
      all.addAll(idle.values());
    }
    all.removeIf(handlers -> !handlers.isOlderThan(times.grace));
    boolean collect = false;
    for (Departed handlers : all) {
      collect |= handlers.wantsCollection(COLLECTIONS);
    }
    if (collect) {
      System.gc();
    }
    Set<Thread> running = Thread.getAllStackTraces().keySet();
    Set<Leftover> seen = new LinkedHashSet<>();
    Set<Departed> gone = new HashSet<>();
    for (Departed handlers : all) {
      List<Leftover> left = left(handlers, running);
      seen.addAll(left);
      if (left.isEmpty() && handlers.classes() == null && isLate(handlers)) {
        gone.add(handlers);
      }
    }
    report(seen, gone);
  }

  private List<Leftover> left(Departed handlers, Set<Thread> running) {
    List<Leftover> left = new ArrayList<>();
    boolean told = handlers.classes() != null || isLate(handlers);
    for (Thread thread : running) {
      Owner owner = handlers.owner(thread);
      if (owner != null && told && thread.isAlive() && !isShared(thread)) {
        left.add(new Leftover(describe(thread), owner.name(), owner.file()));
      }
    }
    ClassLoader classes = handlers.classes();
    if (classes != null) {
      Owner owner = handlers.everybody();
      List<String> held = new ArrayList<>(BoxWide.heldBy(classes));
      held.addAll(HiddenHolders.of(classes, thread -> handlers.owner(thread) != null, running));
      held.forEach(what -> left.add(new Leftover(what, owner.name(), owner.file())));
      if (left.isEmpty() && handlers.isOlderThan(times.classes)) {
        left.add(new Leftover(unseen(handlers), owner.name(), owner.file()));
      }
    }
    return left;
  }

  /** Some threads end by themselves, soon after what they serve was collected. */
  private boolean isLate(Departed handlers) {
    return handlers.isOlderThan(times.grace.multipliedBy(2));
  }

  /** OkHttp's threads serve all who use it, and end by themselves when nobody does. */
  private static boolean isShared(Thread thread) {
    return thread.getName().startsWith("OkHttp ") || thread.getName().startsWith("Okio ");
  }

  private static String describe(Thread thread) {
    boolean timer = thread.getClass().getName().equals("java.util.TimerThread");
    return (timer ? "timer " : "thread ") + thread.getName();
  }

  private String unseen(Departed handlers) {
    String text =
        "its classes are still in memory " + times.classes.toSeconds() + " s after it was replaced";
    return handlers.lastingCalls().isEmpty()
        ? text
        : text + ", perhaps held by " + String.join(" or ", handlers.lastingCalls());
  }

  private void report(Set<Leftover> seen, Set<Departed> gone) {
    Set<Leftover> before;
    synchronized (this) {
      before = found;
      found = seen;
      departed.removeAll(gone);
      idle.values().removeAll(gone);
      boolean young = departed.stream().anyMatch(handlers -> !handlers.isOlderThan(times.classes));
      young |= idle.values().stream().anyMatch(handlers -> !handlers.isOlderThan(times.classes));
      if (!departed.isEmpty() || !idle.isEmpty()) {
        plan(young ? times.grace : times.rest);
      }
    }
    for (Leftover leftover : seen) {
      if (!before.contains(leftover)) {
        LOG.warn("Still holding: {} of {}", leftover.what(), leftover.driver());
      }
    }
  }
}
