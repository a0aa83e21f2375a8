package iotbox.box.leftover;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.device.LoadedBox;
import iotbox.box.device.open.ActionResult;
import iotbox.handler.ActionData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a driver forgets to end is named. */
class LeftoversTest {
  private static final String LISTING =
      """
      import iotbox.handler.*;
      import java.util.*;
      @ConnectionType("test")
      public class Bench extends Interface {
        public Map<String, Device> getDevices() {
          Map<String, Device> devices = new HashMap<String, Device>();
          if (!Boolean.getBoolean("leftovers.unplugged")) {
            devices.put("one", Device.of(new HashMap<String, Object>()));
          }
          return devices;
        }
        public java.time.Duration loopDelay() { return java.time.Duration.ofMillis(100); }
      }
      """;

  private final LoadedBox box = new LoadedBox(Duration.ofMillis(300), Duration.ofSeconds(2));

  @AfterEach
  void stop() {
    System.clearProperty("leftovers.unplugged");
    box.close();
  }

  private static String driver(String members) {
    return """
        import iotbox.handler.*;
        import java.util.*;
        @ConnectionType("test")
        public class Leaky extends Driver {
          public static boolean supported(Device device) { return true; }
          public Leaky(String identifier, Device device) { super(identifier, device); }
          @Action("begin") public void begin() throws Exception { @MEMBERS@ }
          public static class Task extends TimerTask {
            public void run() {}
          }
          public static class Local implements Runnable {
            static final ThreadLocal<Object> KEPT = new ThreadLocal<Object>();
            public void run() { KEPT.set(new Held()); }
          }
          public static class Jdbc implements java.sql.Driver, Runnable {
            public void run() {}
            public java.sql.Connection connect(String url, Properties info) { return null; }
            public boolean acceptsURL(String url) { return false; }
            public java.sql.DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
              return null;
            }
            public int getMajorVersion() { return 1; }
            public int getMinorVersion() { return 0; }
            public boolean jdbcCompliant() { return false; }
            public java.util.logging.Logger getParentLogger() { return null; }
          }
          public static class Held implements Runnable {
            public void run() {
              try { Thread.sleep(600000L); } catch (InterruptedException e) { }
            }
          }
        }
        """
        .replace("@MEMBERS@", members);
  }

  private void begun(String members) throws Exception {
    Map<String, String> sources = new LinkedHashMap<>();
    sources.put("interfaces/Bench.java", LISTING);
    sources.put("drivers/Leaky.java", driver(members));
    box.load(sources);
    await().until(() -> box.devices.isOpen("one"));
    ActionResult result =
        box.devices.action("one", ActionData.of(Map.of("action", "begin"), "s")).join();
    assertEquals(ActionResult.Status.SUCCESS, result.status(), String.valueOf(result.result()));
  }

  private void replaced() throws Exception {
    box.load(Map.of("interfaces/Bench.java", LISTING, "drivers/Leaky.java", driver("")));
  }

  private Leftover leftover() {
    List<Leftover> all = await().until(box.leftovers::now, found -> found.size() == 1);
    assertEquals("Leaky", all.get(0).driver());
    assertEquals("drivers/Leaky.java", all.get(0).file());
    return all.get(0);
  }

  @Test
  void aThreadIsNamedUntilItEnds() throws Exception {
    begun("Thread t = new Thread(new Held(), \"poller\"); t.setDaemon(true); t.start();");
    replaced();

    assertEquals("thread poller", leftover().what());

    Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("poller"))
        .forEach(Thread::interrupt);
    await().until(() -> box.leftovers.now().isEmpty());
  }

  @Test
  void aTimerIsNamed() throws Exception {
    begun("new Timer(\"refresh\", true).schedule(new Task(), 600000L);");
    replaced();

    assertEquals("timer refresh", leftover().what());
  }

  @Test
  void aThreadIsNamedAlsoWhereItHoldsNoClassOfTheDriver() throws Exception {
    begun(
        "java.util.concurrent.ScheduledThreadPoolExecutor pool ="
            + " new java.util.concurrent.ScheduledThreadPoolExecutor(1);"
            + " pool.prestartAllCoreThreads();");
    replaced();

    assertTrue(leftover().what().startsWith("thread pool-"), leftover().what());
  }

  @Test
  void aLoopThatDoesNotEndIsNamed() throws Exception {
    Map<String, String> sources = new LinkedHashMap<>();
    sources.put("interfaces/Bench.java", LISTING);
    sources.put(
        "drivers/Leaky.java",
        driver("")
            .replace(
                "  public static class Held",
                "  public void run() { while (!Boolean.getBoolean(\"leftovers.over\")) {"
                    + " try { Thread.sleep(50L); } catch (InterruptedException e) { } } }\n"
                    + "  public static class Held"));
    box.load(sources);
    await().until(() -> box.devices.isOpen("one"));
    replaced();
    try {
      assertEquals("thread handler Leaky.run", leftover().what());
    } finally {
      System.setProperty("leftovers.over", "true");
    }
    await().until(() -> box.leftovers.now().isEmpty());
    System.clearProperty("leftovers.over");
  }

  @Test
  void aThreadIsNamedWhenTheLastDeviceWentThoughTheDriverStays() throws Exception {
    begun("Thread t = new Thread(new Held(), \"orphan\"); t.setDaemon(true); t.start();");
    assertEquals(List.of(), box.leftovers.now());

    System.setProperty("leftovers.unplugged", "true");

    assertEquals("thread orphan", leftover().what());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shutdown hook last words | Runtime.getRuntime().addShutdownHook(new Thread(new Jdbc(), \"last words\"))",
        "JDBC driver Leaky$Jdbc | java.sql.DriverManager.registerDriver(new Jdbc())"
      })
  void whatTheJdkKeepsIsNamed(String name, String call) throws Exception {
    begun(call + ";");
    replaced();

    assertEquals(name, leftover().what());
  }

  @Test
  void whatCannotBeSeenIsKnownByTheClassesThatStay() throws Exception {
    List<Object> inside = new ArrayList<>();
    System.getProperties().put("leaky.inside", inside);
    try {
      begun(
          "((List) System.getProperties().get(\"leaky.inside\")).add(new Held());"
              + " new ThreadLocal<Object>().set(\"x\");");
      replaced();

      String what = leftover().what();
      assertTrue(what.startsWith("its classes are still in memory 2 s after"), what);
      assertTrue(what.endsWith("perhaps held by a ThreadLocal"), what);
    } finally {
      System.getProperties().remove("leaky.inside");
    }
  }

  @Test
  void aSettingOfTheWholeBoxIsNamed() throws Exception {
    begun("System.getProperties().put(\"leaky.held\", new Held());");
    replaced();
    try {
      assertEquals("system property leaky.held", leftover().what());
    } finally {
      System.getProperties().remove("leaky.held");
    }
    await().until(() -> box.leftovers.now().isEmpty());
  }

  @Test
  void aThreadLocalEndsWithItsCall() throws Exception {
    begun("new Local().run();");
    replaced();

    nothingIsLeft();
  }

  @Test
  void aThreadLocalInAThreadOfTheHostIsNamed() throws Exception {
    ExecutorService host =
        Executors.newSingleThreadExecutor(task -> new Thread(task, "of the host"));
    host.submit(() -> {}).get(); // Its thread begins here, not in the handler.
    System.getProperties().put("leaky.host", host);
    try {
      begun(
          "((java.util.concurrent.ExecutorService) System.getProperties().get(\"leaky.host\"))"
              + ".submit(new Local()).get();");
      replaced();

      assertEquals("a ThreadLocal in thread of the host", leftover().what());
    } finally {
      System.getProperties().remove("leaky.host");
      host.shutdownNow();
    }
  }

  @Test
  void aDriverThatLeavesNothingIsNotNamed() throws Exception {
    begun("Thread t = new Thread(new Held()); t.start(); t.interrupt(); t.join();");
    replaced();

    nothingIsLeft();
  }

  /** Looks for longer than anything takes to be named. */
  private void nothingIsLeft() {
    await()
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(6))
        .until(() -> box.leftovers.now().isEmpty());
  }
}
