package iotbox.box.device;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.device.open.ActionResult;
import iotbox.box.device.status.DeviceStatus;
import iotbox.box.event.EventHub;
import iotbox.box.guard.DriverGuard;
import iotbox.box.guard.HandlerFaults;
import iotbox.box.thread.BoxThreads;
import iotbox.box.thread.ManualAlarm;
import iotbox.handler.Action;
import iotbox.handler.ActionData;
import iotbox.handler.Device;
import iotbox.handler.Driver;
import iotbox.loader.DriverType;
import iotbox.loader.HandlerSet;
import iotbox.loader.Handlers;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices that the second best driver has, as the best one could not say whether it wants them. */
class OffersTest {
  private static final Duration HALF_A_DAY = Duration.ofHours(12);

  /** What the best driver does when it is asked, or made. */
  private enum Mood {
    YES,
    NO,
    HANGS,
    CANNOT_BE_MADE
  }

  private static volatile Mood mood;
  private static volatile CountDownLatch work;
  private static final List<String> LIFE = new CopyOnWriteArrayList<>();

  /** One for each call that hangs now. */
  private static final Semaphore HANGING = new Semaphore(0);

  private final BoxThreads threads = new BoxThreads();
  private final ManualAlarm alarm = new ManualAlarm();
  private final Map<String, Device> plugged = new LinkedHashMap<>();
  private volatile Handlers handlers = Handlers.none();
  private final DeviceManager devices =
      new DeviceManager(
          () -> handlers,
          new DriverGuard(threads, alarm),
          new HandlerFaults(),
          new EventHub(threads),
          threads);

  @BeforeEach
  void start() {
    LIFE.clear();
    HANGING.drainPermits();
    work = new CountDownLatch(0);
    mood = Mood.HANGS;
  }

  @AfterEach
  void stop() {
    work.countDown();
    devices.close().join();
    threads.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"usb", "serial"})
  void comeBackToADriverThatHungElsewhereWhenItsQuarantineEnds(String connection) {
    load(connection);
    plugIntoQuarantine(connection);
    plug(connection, "innocent");
    awaitPlanned("innocent");
    assertTrue(
        status("innocent").selection().declined().toString().contains("It is called again at"),
        "it was not even asked");

    mood = Mood.YES;
    alarm.pass(Duration.ofSeconds(29));
    settle();
    assertTrue(isWith(Plain.class, "innocent"), "not before the end of the quarantine");
    assertEquals(0, count("closed innocent"));

    // The first two were asked about in vain meanwhile, and know when the quarantine ends.
    awaitPlanned("first");
    awaitPlanned("second");
    alarm.pass(Duration.ofSeconds(2));
    await().until(() -> isWith(Best.class, "innocent"));
    await().until(() -> isWith(Best.class, "first") && isWith(Best.class, "second"));
    assertEquals(1, count("closed innocent"));
  }

  @Test
  void stayWhereTheyAreIfTheBestDriverSaysNo() {
    load("usb");
    plug("usb", "dev");
    hang(1);
    awaitPlanned("dev");
    mood = Mood.NO;
    alarm.pass(Duration.ofSeconds(3));
    await().until(() -> count("asked") == 2);
    settle();
    alarm.pass(HALF_A_DAY);
    settle();
    assertEquals(2, count("asked"), "a no is a no");
    assertEquals(0, count("closed dev"));
  }

  /** Somebody uses the device meanwhile. */
  @Test
  void atAnExclusiveConnectionAreTakenAwayOnceToAskAndNeverAgain() {
    load("serial");
    plug("serial", "port");
    hang(1);
    awaitPlanned("port");
    alarm.pass(Duration.ofSeconds(3));
    hang(1);
    await().until(() -> isWith(Plain.class, "port") && count("plain port") == 2);

    for (int hour = 0; hour < 12; hour++) {
      alarm.pass(Duration.ofHours(1));
      settle();
    }
    assertEquals(1, count("closed port"));
    assertEquals(2, count("asked"));

    mood = Mood.YES;
    plugged.put("port", device("port", "again"));
    list("serial");
    await().until(() -> isWith(Best.class, "port"));
  }

  @Test
  void atOtherConnectionsAreAskedAboutWithGrowingPausesWhileTheyWork() throws InterruptedException {
    load("usb");
    plug("usb", "dev");
    hang(1);
    awaitPlanned("dev");
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Duration pause = Duration.between(alarm.now(), nextOf("dev"));
      pauses.add(pause.toSeconds());
      alarm.pass(pause);
      await()
          .until(
              () -> {
                if (HANGING.tryAcquire()) {
                  alarm.pass(Duration.ofSeconds(5));
                }
                return nextOf("dev") != null && nextOf("dev").isAfter(alarm.now());
              });
    }
    // The driver hangs again and again, so it is in quarantine in between: from 6 s on for 24 more.
    assertEquals(List.of(3L, 6L, 24L, 24L, 36L, 96L), pauses);
    assertEquals(0, count("closed dev"));
    mood = Mood.YES;
    passUntilTheBestHas("dev");
  }

  @Test
  void areNotTakenAwayInTheMiddleOfAnAction() {
    load("serial");
    plug("serial", "port");
    hang(1);
    awaitPlanned("port");
    mood = Mood.YES;
    work = new CountDownLatch(1);
    CompletableFuture<ActionResult> action =
        devices.action("port", ActionData.of(Map.of("action", "work"), "tab"));
    await().until(() -> count("working") == 1);
    for (int i = 0; i < 3; i++) {
      alarm.pass(Duration.ofSeconds(3));
      settle();
    }
    assertEquals(0, count("closed port"));

    work.countDown();
    assertEquals(ActionResult.Status.SUCCESS, action.join().status());
    passUntilTheBestHas("port");
  }

  @Test
  void areTakenByADriverThatWantedThemAndCouldNotBeMadeAtFirst() {
    mood = Mood.CANNOT_BE_MADE;
    load("usb");
    plug("usb", "dev");
    awaitPlanned("dev");
    mood = Mood.YES;
    alarm.pass(Duration.ofSeconds(3));
    await().until(() -> isWith(Best.class, "dev"));
  }

  @Test
  void areTakenFromTheirDriverOnceIfTheBestOneCanNeverBeMade() {
    mood = Mood.CANNOT_BE_MADE;
    load("usb");
    plug("usb", "dev");
    awaitPlanned("dev");
    alarm.pass(Duration.ofSeconds(3));
    await().until(() -> count("plain dev") == 2);
    alarm.pass(HALF_A_DAY);
    settle();
    assertEquals(1, count("closed dev"));
  }

  @Test
  void areOfferedAtOnceWhenAPersonWants() {
    load("serial");
    plugIntoQuarantine("serial");
    mood = Mood.YES;
    devices.retry("first");
    await().until(() -> isWith(Best.class, "first"));
    assertTrue(isWith(Plain.class, "second"));
  }

  @Test
  void areOfferedToTheBestDriverAsSoonAsItIsMended() {
    load("usb");
    plug("usb", "dev");
    hang(1);
    await().until(() -> isWith(Plain.class, "dev"));
    mood = Mood.YES;
    Handlers before = handlers;
    // Another version: of the same name, and equal to none of before.
    handlers = handlers(new DriverType(Best.class, "usb", 6, "A.java"), plain("usb"));
    devices.handlersChanged(before, handlers);
    await().until(() -> isWith(Best.class, "dev"));
  }

  @Test
  void keepNothingOfADriverThatIsGone() {
    load("usb");
    plug("usb", "dev");
    hang(1);
    awaitPlanned("dev");
    WeakReference<DriverType> gone = unloadBest();
    await()
        .until(
            () -> {
              System.gc();
              return gone.get() == null;
            });
    alarm.pass(HALF_A_DAY);
    settle();
    assertTrue(isWith(Plain.class, "dev"));
  }

  private WeakReference<DriverType> unloadBest() {
    Handlers before = handlers;
    handlers = handlers(plain("usb"));
    devices.handlersChanged(before, handlers);
    return new WeakReference<>(before.drivers("usb").get(0));
  }

  /** Two calls that hang in a row, at two devices. */
  private void plugIntoQuarantine(String connection) {
    plug(connection, "first");
    plug(connection, "second");
    hang(2);
    awaitPlanned("first");
    awaitPlanned("second");
  }

  /** Lets the time of so many calls pass, when they hang. */
  private void hang(int calls) {
    await().until(() -> HANGING.tryAcquire(calls));
    alarm.pass(Duration.ofSeconds(5));
  }

  /** Waits until it is known when drivers are asked again about a device that one has. */
  private void awaitPlanned(String identifier) {
    await().until(() -> isWith(Plain.class, identifier) && nextOf(identifier) != null);
  }

  /** No time passes while a driver is asked, or that would be too long for it. */
  private void passUntilTheBestHas(String identifier) {
    await()
        .until(
            () -> {
              Instant next = nextOf(identifier);
              if (next != null && next.isAfter(alarm.now())) {
                alarm.pass(Duration.between(alarm.now(), next));
              }
              return isWith(Best.class, identifier);
            });
  }

  private Instant nextOf(String identifier) {
    return status(identifier).selection().next();
  }

  /** Gives what must not happen the time for it: all that runs comes to rest. */
  private void settle() {
    await().during(Duration.ofMillis(150)).until(() -> !devices.isAtWork());
  }

  private void load(String connection) {
    handlers = handlers(new DriverType(Best.class, connection, 5, "A.java"), plain(connection));
    devices.handlersChanged(Handlers.none(), handlers);
  }

  private static DriverType plain(String connection) {
    return new DriverType(Plain.class, connection, 0, "B.java");
  }

  private static Handlers handlers(DriverType... drivers) {
    return new Handlers(1, List.of(new HandlerSet("test", List.of(drivers), List.of())), List.of());
  }

  private void plug(String connection, String identifier) {
    plugged.put(identifier, device(identifier, "once"));
    list(connection);
  }

  private static Device device(String identifier, String since) {
    return Device.of(Map.of("name", identifier, "plugged_in", since));
  }

  private void list(String connection) {
    devices.detected(new Source("Ports", connection), new LinkedHashMap<>(plugged));
  }

  private DeviceStatus status(String identifier) {
    return devices.status().stream()
        .filter(each -> each.identifier().equals(identifier))
        .findFirst()
        .orElseThrow();
  }

  private boolean isWith(Class<? extends Driver> driver, String identifier) {
    return driver.getName().equals(status(identifier).driver());
  }

  private static int count(String line) {
    return (int) LIFE.stream().filter(line::equals).count();
  }

  /** Goes first. */
  public static class Best extends Driver {
    public Best(String identifier, Device device) {
      super(identifier, device);
      if (mood == Mood.CANNOT_BE_MADE) {
        throw new IllegalStateException("not yet");
      }
    }

    public static boolean supported(Device device) throws InterruptedException {
      LIFE.add("asked");
      if (mood == Mood.HANGS) {
        HANGING.release();
        new CountDownLatch(1).await();
      }
      return mood != Mood.NO;
    }
  }

  /** Takes everything. */
  public static class Plain extends Driver {
    public Plain(String identifier, Device device) {
      super(identifier, device);
      LIFE.add("plain " + identifier);
    }

    public static boolean supported(Device device) {
      return true;
    }

    @Action("work")
    public void work() throws InterruptedException {
      LIFE.add("working");
      work.await();
    }

    @Override
    public void disconnect() {
      LIFE.add("closed " + identifier());
    }
  }
}
