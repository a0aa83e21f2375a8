package iotbox.box.device;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import iotbox.box.device.open.ActionResult;
import iotbox.handler.ActionData;
import iotbox.loader.HandlerSet;
import iotbox.loader.HandlerStatus;
import iotbox.loader.Handlers;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Handlers that tidy up are gone when they are replaced, however often that is. */
class UnloadingTest {
  private static final int RELOADS = 1000;
  private static final int WARM = 200;
  private static final long LEEWAY_BYTES = 3 << 20;

  private static final String LISTING =
      """
      import iotbox.handler.*;
      import java.util.*;
      @ConnectionType("test")
      public class Bench extends Interface {
        private int version = @VERSION@;
        public Map<String, Device> getDevices() {
          Map<String, Device> devices = new HashMap<String, Device>();
          devices.put("old", Device.of(new HashMap<String, Object>()));
          devices.put("new", Device.of(new HashMap<String, Object>(), this));
          return devices;
        }
        public java.time.Duration loopDelay() { return java.time.Duration.ofMillis(100); }
      }
      """;

  private static final String BASE =
      """
      import iotbox.handler.*;
      public abstract class Base extends Driver {
        private Thread reader;
        private java.util.Timer timer;
        protected volatile int ticks;
        public Base(String identifier, Device device) {
          super(identifier, device);
          deviceType("device");
          reader = new Thread(new Reader());
          reader.start();
          timer = new java.util.Timer(true);
          timer.schedule(new Tick(this), 1L, 5L);
        }
        public int version() { return @VERSION@; }
        @Action("kind") public Object kind() { return new ThreadLocal<Object>(); }
        public void disconnect() throws InterruptedException {
          timer.cancel();
          reader.interrupt();
          reader.join();
        }
        static class Reader implements Runnable {
          public void run() {
            try { Thread.sleep(3600000L); } catch (InterruptedException e) { }
          }
        }
        static class Tick extends java.util.TimerTask {
          private final Base base;
          Tick(Base base) { this.base = base; }
          public void run() { base.ticks++; }
        }
      }
      """;

  /** In the words of the old how-to. */
  private static final String SIMPLE =
      """
      import iotbox.handler.*;
      @ConnectionType("test")
      public class Simple extends Base {
        static final ThreadLocal<Simple> LOCAL = new ThreadLocal<Simple>();
        public static boolean supported(Device device) {
          return "old".equals(device.getString("identifier"));
        }
        public Simple(String identifier, Device device) { super(identifier, device); }
        public void run() throws Exception {
          while (!isStopped()) {
            data().put("value", Integer.valueOf(ticks));
            deviceChanged();
            Thread.sleep(20L);
          }
        }
        @Action("read") public Object read(ActionData data) {
          LOCAL.set(this);
          log().debug("read");
          return Integer.valueOf(version());
        }
        @Action("fail") public Object fail() { throw new Broken(); }
        static class Broken extends RuntimeException { }
      }
      """;

  private static final String MODERN =
      """
      import iotbox.handler.*;
      import java.util.*;
      import java.util.concurrent.*;
      @ConnectionType("test")
      public class Modern extends Base {
        record Reading(int version, List<String> names) {}
        enum Unit { GRAM, KILO }
        private final ExecutorService pool = Executors.newFixedThreadPool(2);
        public static boolean supported(Device device) {
          return "new".equals(device.getString("identifier"));
        }
        public Modern(String identifier, Device device) { super(identifier, device); }
        @Override public void run() throws Exception {
          while (!isStopped()) {
            data().put("value", new Reading(ticks, List.of()));
            data().put("unit", Unit.KILO);
            deviceChanged();
            Thread.sleep(20);
          }
        }
        @Action("read") public Object read(ActionData data) throws Exception {
          var future = CompletableFuture.supplyAsync(() -> new Reading(version(), List.of("a")), pool);
          return future.orTimeout(5, TimeUnit.SECONDS).thenApply(Reading::version).get();
        }
        @Action("fail") public Object fail() { throw new IllegalStateException("broken"); }
        @Override public void disconnect() throws InterruptedException {
          pool.shutdownNow();
          pool.awaitTermination(1, TimeUnit.SECONDS);
          super.disconnect();
        }
      }
      """;

  private static Map<String, String> version(int version) {
    Map<String, String> sources = new LinkedHashMap<>();
    sources.put("interfaces/Bench.java", LISTING);
    sources.put("drivers/Base.java", BASE);
    sources.put("drivers/Simple.java", SIMPLE);
    sources.put("drivers/Modern.java", MODERN);
    sources.replaceAll((path, text) -> text.replace("@VERSION@", String.valueOf(version)));
    return sources;
  }

  @Test
  @Timeout(300)
  void aThousandReloadsLeaveNothingInMemory() throws Exception {
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    // Two thousand failing actions with their stack traces are not for the log.
    Logger log = (Logger) LoggerFactory.getLogger("iotbox.box.device");
    log.setLevel(Level.ERROR);
    try (LoadedBox box = new LoadedBox(Duration.ofSeconds(2), Duration.ofSeconds(30))) {
      long warm = 0;
      for (int version = 1; version <= RELOADS; version++) {
        live(box, version, loaders);
        if (version == WARM) {
          warm = metaspaceWithout(loaders);
        }
      }
      long end = metaspaceWithout(loaders);

      assertEquals(List.of(), box.leftovers.now());
      assertTrue(
          end - warm < LEEWAY_BYTES, "metaspace grew from " + warm + " to " + end + " bytes");
    } finally {
      log.setLevel(null);
    }
  }

  /** Loads a version, and has its drivers do what drivers do. */
  private static void live(LoadedBox box, int version, List<WeakReference<ClassLoader>> loaders)
      throws Exception {
    Handlers handlers = box.load(version(version));
    assertTrue(
        handlers.status().stream().allMatch(file -> file.state() == HandlerStatus.State.LOADED),
        handlers.status().toString());
    handlers.sets().stream().map(UnloadingTest::loader).forEach(loaders::addAll);
    for (String device : List.of("old", "new")) {
      await()
          .pollInterval(Duration.ofMillis(2))
          .until(() -> Integer.valueOf(version).equals(action(box, device, "read").result()));
      assertEquals(ActionResult.Status.ERROR, action(box, device, "fail").status());
    }
  }

  private static Set<WeakReference<ClassLoader>> loader(HandlerSet set) {
    return set.drivers().stream()
        .map(driver -> driver.type().getClassLoader())
        .distinct()
        .map(loader -> new WeakReference<>(loader))
        .collect(Collectors.toSet());
  }

  private static ActionResult action(LoadedBox box, String device, String name) {
    return box.devices.action(device, ActionData.of(Map.of("action", name), "tab")).join();
  }

  /** How much is used when all but the present version's class loader are collected. */
  private static long metaspaceWithout(List<WeakReference<ClassLoader>> loaders) {
    WeakReference<ClassLoader> present = loaders.get(loaders.size() - 1);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              System.gc();
              loaders.removeIf(loader -> loader.get() == null);
              return loaders.equals(List.of(present));
            });
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().contains("etaspace"))
        .map(MemoryPoolMXBean::getUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }
}
