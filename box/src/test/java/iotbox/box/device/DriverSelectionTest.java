package iotbox.box.device;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.device.choice.DriverRules;
import iotbox.box.device.choice.DriverRules.Decisions;
import iotbox.box.device.choice.DriverRules.Fixed;
import iotbox.box.device.open.ActionRecord;
import iotbox.box.device.status.Declined;
import iotbox.box.device.status.DeviceStatus;
import iotbox.box.device.status.Rule;
import iotbox.box.device.status.Rule.Pin;
import iotbox.box.event.EventHub;
import iotbox.box.guard.DriverGuard;
import iotbox.box.guard.HandlerFaults;
import iotbox.box.thread.BoxThreads;
import iotbox.box.thread.ManualAlarm;
import iotbox.handler.Device;
import iotbox.handler.Driver;
import iotbox.loader.DeviceMatch;
import iotbox.loader.DriverType;
import iotbox.loader.HandlerSet;
import iotbox.loader.Handlers;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is asked about a device, and when: by what people decided, in a time that tests make. */
class DriverSelectionTest {
  private static final List<String> LIFE = new CopyOnWriteArrayList<>();
  private static final Semaphore ANSWERS = new Semaphore(0);
  private static final Source PORTS = new Source("Ports", "serial");
  private static final String PORT = "/dev/serial/by-id/scale";

  private final BoxThreads threads = new BoxThreads();
  private final ManualAlarm alarm = new ManualAlarm();
  private final DriverType picky = driver(Picky.class, 5, "A.java");
  private final DriverType greedy = driver(Greedy.class, 0, "B.java");
  private volatile Handlers handlers = Handlers.none();
  private DriverRules rules;
  private DeviceManager devices;

  @BeforeEach
  void start() {
    LIFE.clear();
    ANSWERS.drainPermits();
    decide(Fixed.NOTHING);
  }

  private void decide(Fixed options) {
    DriverRules.Store nowhere =
        new DriverRules.Store() {
          @Override
          public Decisions read() {
            return Decisions.NONE;
          }

          @Override
          public void keep(Decisions decisions) {}
        };
    rules = new DriverRules(options, nowhere);
    devices =
        new DeviceManager(
            () -> handlers,
            new DriverGuard(threads, alarm),
            new HandlerFaults(),
            new EventHub(threads),
            threads,
            rules,
            ActionRecord.NONE);
    rules.onChange(devices::ruleChanged);
  }

  @AfterEach
  void stop() {
    ANSWERS.release(1000);
    // Else whoever is asked still would be in the record of the next test.
    await().until(() -> !devices.isAtWork());
    devices.close().join();
    threads.close();
  }

  @Test
  void aSilentPortIsAskedEverMoreSeldomAndSaysWhen() {
    run(picky);
    list(PORT, Map.of());
    List<Duration> pauses = new ArrayList<>();
    for (int round = 1; round <= 11; round++) {
      awaitAsked(round);
      Instant next = status().selection().next();
      pauses.add(Duration.between(alarm.now(), next));
      assertEquals(DeviceStatus.State.UNSUPPORTED, status().state());
      list(PORT, Map.of()); // The interface lists it all the while.
      alarm.pass(Duration.between(alarm.now(), next).minusMillis(1));
      assertEquals(round, asked(), "not before its time");
      alarm.pass(Duration.ofMillis(1));
    }
    assertEquals(
        List.of(3L, 6L, 12L, 24L, 48L, 96L, 192L, 384L, 600L, 600L, 600L),
        pauses.stream().map(Duration::toSeconds).toList());
  }

  @Test
  void otherDevicesAreAskedOnceAMinuteAtTheLeast() {
    handlers = handlers(new DriverType(Picky.class, "usb", 0, "A.java"));
    for (int round = 1; round <= 8; round++) {
      devices.detected(new Source("Usb", "usb"), Map.of("usb1", Device.of(Map.of())));
      awaitAsked(round);
      passToNext(Duration.ofMinutes(1));
    }
    awaitAsked(9);
  }

  @Test
  void pluggingInAgainStartsOverAtOnce() {
    run(picky);
    list(PORT, Map.of("plugged_in", "node 1"));
    for (int round = 1; round <= 6; round++) {
      awaitAsked(round);
      passToNext(Duration.ofMinutes(10));
    }
    awaitAsked(7);

    // Quicker than the interface looks.
    list(PORT, Map.of("plugged_in", "node 2"));
    awaitAsked(8);
    assertEquals(alarm.now().plusSeconds(3), status().selection().next());

    devices.detected(PORTS, Map.of());
    assertTrue(devices.status().isEmpty());
    list(PORT, Map.of("plugged_in", "node 2"));
    awaitAsked(9);
    assertEquals(alarm.now().plusSeconds(3), status().selection().next());
  }

  @Test
  void aHandlerChangeStartsOverAtOnce() {
    run(picky);
    list(PORT, Map.of());
    awaitAsked(1);
    alarm.pass(Duration.ofSeconds(3));
    awaitAsked(2);
    assertEquals(alarm.now().plusSeconds(6), status().selection().next());

    run(picky, driver(Silent.class, 1, "C.java"));
    awaitAsked(3);
    assertEquals(alarm.now().plusSeconds(3), status().selection().next());
  }

  @Test
  void anOpenDeviceThatIsPluggedInElsewhereIsOpenedAnew() {
    run(greedy);
    list(PORT, Map.of("path", "/dev/ttyUSB0"));
    await().until(() -> devices.isOpen(PORT));
    list(PORT, Map.of("path", "/dev/ttyUSB0", "description", "another word for it"));
    list(PORT, Map.of("path", "/dev/ttyUSB1"));

    await().until(() -> LIFE.contains("greedy at /dev/ttyUSB1"));
    assertEquals(
        List.of(
            "greedy asked",
            "greedy at /dev/ttyUSB0",
            "closed /dev/ttyUSB0",
            "greedy asked",
            "greedy at /dev/ttyUSB1"),
        LIFE);
  }

  /** A thousand devices are listed every three seconds, and each listener looks at all of them. */
  @Test
  void nobodyIsToldOfADeviceThatStaysAsItIs() {
    run(greedy);
    list(PORT, Map.of("path", "/dev/ttyUSB0", "product", "Scale"));
    await().until(() -> devices.isOpen(PORT));
    AtomicInteger told = new AtomicInteger();
    devices.onChange(told::incrementAndGet);
    await().during(Duration.ofMillis(200)).until(() -> told.getAndSet(0) == 0);

    for (int i = 0; i < 10; i++) {
      list(PORT, Map.of("path", "/dev/ttyUSB0", "product", "Scale"));
    }
    await().during(Duration.ofMillis(200)).until(() -> told.get() == 0);

    list(PORT, Map.of("path", "/dev/ttyUSB0", "product", "Another scale"));
    await().until(() -> told.get() == 1);
    list(PORT, Map.of("path", "/dev/ttyUSB0", "product", "Another scale", "port", "usb 1"));
    await().until(() -> told.get() == 2);
    devices.detected(PORTS, Map.of());
    await().until(() -> told.get() > 2);
  }

  @Test
  void aPinnedDriverHasTheDeviceWithoutBeingAskedAndNobodyElseIs() throws IOException {
    run(picky, greedy);
    rules.pin(PORT, Picky.class.getName());
    list(PORT, Map.of("path", "/dev/ttyUSB0"));

    await().until(() -> devices.isOpen(PORT));
    assertEquals(List.of("picky at /dev/ttyUSB0"), LIFE);
    assertEquals(Picky.class.getName(), status().driver());
    assertEquals(Rule.By.PAGE, status().selection().rule().pin().by());
    assertEquals(
        "It is pinned to this driver, which has it without being asked.",
        status().selection().chosen());
    assertEquals(List.of(), status().selection().declined());
  }

  @Test
  void whoHasADeviceIsToldWithTheReasonAndWhoWasAskedBefore() {
    run(picky, greedy);
    list(PORT, Map.of());
    await().until(() -> devices.isOpen(PORT));
    assertEquals(
        "The driver recognised it, after one driver before it had not.",
        status().selection().chosen());
    assertEquals(
        List.of(new Declined(Picky.class.getName(), "Picky declined")),
        status().selection().declined());
  }

  @Test
  void aDeviceThatNobodyHasTellsWhoWasAsked() {
    run(picky);
    list(PORT, Map.of());
    awaitAsked(1);
    await().until(() -> !status().selection().declined().isEmpty());
    assertNull(status().selection().chosen());
    assertEquals("No driver recognised it. Asked: Picky declined.", status().detail());
  }

  @Test
  void aDriverThatWasMadeForSuchDevicesSaysSo() {
    DriverType made = made(Greedy.class, false, "Scale");
    run(picky, made);
    list(PORT, Map.of("name", "A Scale"));
    await().until(() -> devices.isOpen(PORT));
    assertEquals(
        "The driver says that it was made for such devices and recognised it, and was asked first"
            + " of 2 drivers.",
        status().selection().chosen());
  }

  @Test
  void aDriverThatRecognisesOnlyOthersIsNotAskedUntilItIsPinned() throws IOException {
    run(made(Greedy.class, true, "Scale"), picky);
    list(PORT, Map.of("name", "A Modem"));
    await().until(() -> status().state() == DeviceStatus.State.UNSUPPORTED);
    assertEquals(List.of("picky asked"), LIFE);
    assertEquals("No driver recognised it. Asked: Picky declined.", status().detail());
    assertEquals(
        List.of(new Declined(Picky.class.getName(), "Picky declined")),
        status().selection().declined());

    rules.pin(PORT, Greedy.class.getName());
    await().until(() -> devices.isOpen(PORT));
    assertEquals(Greedy.class.getName(), status().driver());
    assertEquals(List.of(), status().selection().declined());
  }

  @Test
  void aDriverThatRecognisesOnlySuchDevicesIsAskedFirst() {
    run(picky, made(Greedy.class, true, "Scale"));
    list(PORT, Map.of("name", "A Scale"));
    await().until(() -> devices.isOpen(PORT));
    assertEquals(Greedy.class.getName(), status().driver());
    assertFalse(LIFE.contains("picky asked"), LIFE.toString());
  }

  @Test
  void aDriverThatComesLaterAndRecognisesOnlyOthersDoesNotCloseTheDevice() {
    run(greedy);
    list(PORT, Map.of("name", "A Modem"));
    await().until(() -> devices.isOpen(PORT));
    LIFE.clear();
    run(greedy, made(Picky.class, true, "Scale"));
    assertTrue(devices.isOpen(PORT));
    assertEquals(List.of(), LIFE);
  }

  @Test
  void whereAllDriversRecogniseOnlyOthersNobodyIsAsked() {
    run(made(Greedy.class, true, "Scale"), made(Picky.class, true));
    list(PORT, Map.of("name", "A Modem"));
    await().until(() -> status().state() == DeviceStatus.State.UNSUPPORTED);
    assertEquals(
        "No driver for \"serial\" recognises such devices by itself; one can be pinned to it.",
        status().detail());
    assertEquals(List.of(), LIFE);
  }

  @Test
  void aPinMovesTheDeviceAtOnceAndSoDoesItsEnd() throws IOException {
    run(picky, greedy);
    list(PORT, Map.of("path", "/dev/ttyUSB0"));
    await().until(() -> devices.isOpen(PORT));
    LIFE.clear();

    rules.pin(PORT, Greedy.class.getName()); // It has it.
    rules.pin(PORT, Picky.class.getName());
    await().until(() -> LIFE.contains("picky at /dev/ttyUSB0"));
    assertEquals(List.of("closed /dev/ttyUSB0", "picky at /dev/ttyUSB0"), LIFE);
    await().until(() -> devices.isOpen(PORT));

    rules.pin(PORT, null);
    await().until(() -> LIFE.contains("greedy at /dev/ttyUSB0"));
    assertEquals(
        List.of("closed /dev/ttyUSB0", "picky asked", "greedy asked", "greedy at /dev/ttyUSB0"),
        LIFE.subList(2, LIFE.size()));
  }

  @Test
  void aPinnedDriverThatIsMissingIsSaidAndNobodyElseIsAsked() throws IOException {
    run(greedy);
    rules.pin(PORT, "shop.Scale");
    list(PORT, Map.of());

    assertEquals(DeviceStatus.State.FAILED, status().state());
    assertEquals(
        "It is pinned to shop.Scale, and there is no such driver for \"serial\" now. Load the"
            + " handlers that have it, or pin another one.",
        status().detail());
    assertNull(status().selection().next());
    rules.pin(PORT, Picky.class.getName());
    assertEquals(DeviceStatus.State.FAILED, status().state());
    assertEquals(List.of(), LIFE);

    run(greedy, picky);
    await().until(() -> devices.isOpen(PORT));
    assertEquals(Picky.class.getName(), status().driver());
    run(greedy);
    await().until(() -> status().state() == DeviceStatus.State.FAILED);
    assertTrue(LIFE.contains("closed null"), LIFE.toString());
    assertFalse(LIFE.contains("greedy asked"), LIFE.toString());
  }

  @Test
  void aNewDriverOfHigherRankDoesNotGetAPinnedDevice() throws IOException {
    run(greedy);
    rules.pin(PORT, Greedy.class.getName());
    list(PORT, Map.of());
    await().until(() -> devices.isOpen(PORT));

    run(greedy, driver(Willing.class, 9, "D.java"));
    list("other", Map.of());
    await().until(() -> devices.isOpen("other"));
    assertEquals(List.of("greedy at null", "willing asked", "willing at null"), LIFE);
  }

  @Test
  void aConstructorOfAPinnedDriverThatFailsIsTriedAgainSoon() throws IOException {
    run(greedy, driver(Failing.class, 0, "F.java"));
    rules.pin(PORT, Failing.class.getName());
    list(PORT, Map.of());
    for (int round = 1; round <= 3; round++) {
      int rounds = round;
      await().until(() -> count("failing made") == rounds && status().selection().next() != null);
      assertEquals(DeviceStatus.State.FAILED, status().state());
      assertTrue(status().detail().contains("no such luck"), status().detail());
      passToNext(Duration.ofMinutes(1));
    }
    assertFalse(LIFE.contains("greedy asked"));
  }

  @Test
  void nobodyIsAskedAboutADeviceThatIsNotProbed() throws IOException {
    run(picky, greedy);
    rules.probe(PORT, false);
    list(PORT, Map.of());
    run(greedy, picky, driver(Silent.class, 0, "S.java"));
    alarm.pass(Duration.ofDays(1));
    list(PORT, Map.of("plugged_in", "again"));

    assertEquals(DeviceStatus.State.UNPROBED, status().state());
    assertEquals(
        "Not probed: so decided on this page. No driver is asked; one can be pinned to it.",
        status().detail());
    assertEquals(List.of(), LIFE);

    rules.pin(PORT, Picky.class.getName());
    await().until(() -> devices.isOpen(PORT));
    assertEquals(List.of("picky at null"), LIFE);
    rules.pin(PORT, null);
    await().until(() -> status().state() == DeviceStatus.State.UNPROBED);
    assertEquals(List.of("picky at null", "closed null"), LIFE);
    rules.probe(PORT, true);
    await().until(() -> devices.isOpen(PORT));
    assertEquals(Greedy.class.getName(), status().driver());
  }

  @Test
  void aDriverThatIsBeingAskedWhenProbingIsForbiddenDoesNotGetTheDevice() throws IOException {
    run(driver(Slow.class, 9, "S.java"), greedy);
    list(PORT, Map.of());
    await().until(() -> LIFE.contains("slow asked"));
    rules.probe(PORT, false);
    ANSWERS.release();

    await().until(() -> status().state() == DeviceStatus.State.UNPROBED);
    assertEquals(List.of("slow asked"), LIFE, "neither made nor was the next one asked");
  }

  @Test
  void optionsNameAPortByAnyOfItsNames() {
    for (String name : List.of(PORT, "/dev/ttyUSB0", "/dev/pts/7", "/dev/serial/by-path/x")) {
      devices.close().join();
      LIFE.clear();
      Pin pin = new Pin(Picky.class.getName(), "--line-device");
      decide(new Fixed(Map.of(name, pin), Set.of(name)));
      run(picky, greedy);
      list(
          PORT,
          Map.of("path", "/dev/ttyUSB0", "port", "/dev/pts/7", "by_path", "/dev/serial/by-path/x"));

      await().until(() -> devices.isOpen(PORT));
      assertEquals(List.of("picky at /dev/ttyUSB0"), LIFE);
      assertEquals(Rule.By.OPTION, status().selection().rule().pin().by());
      assertEquals(Rule.By.OPTION, status().selection().rule().unprobed());
      assertTrue(status().selection().chosen().startsWith("The option --line-device gives it"));
    }
  }

  @Test
  void aDecisionBeforeTheEarlierOnesWereReadDoesNotLoseThem() throws IOException {
    List<Decisions> kept = new ArrayList<>();
    kept.add(new Decisions(Map.of("a", "A"), Set.of("b")));
    DriverRules early =
        new DriverRules(
            Fixed.NOTHING,
            new DriverRules.Store() {
              @Override
              public Decisions read() {
                return kept.get(kept.size() - 1);
              }

              @Override
              public void keep(Decisions decisions) {
                kept.add(decisions);
              }
            });
    early.pin("c", "C");
    early.read();
    early.probe("d", false);

    assertEquals(
        new Decisions(Map.of("a", "A", "c", "C"), Set.of("b", "d")), kept.get(kept.size() - 1));
  }

  @Test
  void whatAnOptionSaysGoesBeforeThePage() throws IOException {
    Pin pin = new Pin(Picky.class.getName(), "--pin");
    decide(new Fixed(Map.of("/dev/ttyUSB0", pin), Set.of()));
    run(picky, greedy);
    rules.pin(PORT, Greedy.class.getName());
    list(PORT, Map.of("path", "/dev/ttyUSB0"));

    await().until(() -> devices.isOpen(PORT));
    assertEquals(Picky.class.getName(), status().driver());
  }

  private void run(DriverType... drivers) {
    Handlers before = handlers;
    handlers = handlers(drivers);
    devices.handlersChanged(before, handlers);
  }

  private static Handlers handlers(DriverType... drivers) {
    return new Handlers(1, List.of(new HandlerSet("test", List.of(drivers), List.of())), List.of());
  }

  /** A driver that was made for devices of such names. */
  private static DriverType made(Class<? extends Driver> type, boolean only, String... names) {
    List<DeviceMatch> matches =
        Stream.of(names).map(name -> new DeviceMatch(-1, -1, Pattern.compile(name))).toList();
    return new DriverType(type, "serial", 0, "B.java", matches, only, Map.of());
  }

  private static DriverType driver(Class<? extends Driver> type, int priority, String file) {
    return new DriverType(type, "serial", priority, file);
  }

  /** The interface finds it, and what it found before. */
  private void list(String identifier, Map<String, String> attributes) {
    Map<String, Device> found = new HashMap<>();
    devices.status().forEach(known -> found.put(known.identifier(), Device.of(Map.of())));
    found.put(identifier, Device.of(attributes));
    devices.detected(PORTS, found);
  }

  private DeviceStatus status() {
    return devices.status().get(0);
  }

  /** Waits until everybody has been asked so often and the answers are in. */
  private void awaitAsked(int rounds) {
    await().until(() -> asked() == rounds && status().selection().next() != null);
  }

  private void passToNext(Duration atMost) {
    Duration pause = Duration.between(alarm.now(), status().selection().next());
    assertTrue(pause.compareTo(atMost) <= 0, pause.toString());
    alarm.pass(pause);
  }

  private static int asked() {
    return count("picky asked");
  }

  private static int count(String line) {
    return (int) LIFE.stream().filter(line::equals).count();
  }

  /** Tells of its life. */
  public abstract static class Telling extends Driver {
    protected Telling(String identifier, Device device) {
      super(identifier, device);
      LIFE.add(getClass().getSimpleName().toLowerCase() + " at " + device.get("path"));
    }

    @Override
    public void disconnect() {
      LIFE.add("closed " + device().get("path"));
    }
  }

  public static class Picky extends Telling {
    public Picky(String identifier, Device device) {
      super(identifier, device);
    }

    public static boolean supported(Device device) {
      LIFE.add("picky asked");
      return false;
    }
  }

  public static class Greedy extends Telling {
    public Greedy(String identifier, Device device) {
      super(identifier, device);
    }

    public static boolean supported(Device device) {
      LIFE.add("greedy asked");
      return true;
    }
  }

  public static class Willing extends Telling {
    public Willing(String identifier, Device device) {
      super(identifier, device);
    }

    public static boolean supported(Device device) {
      LIFE.add("willing asked");
      return true;
    }
  }

  public static class Silent extends Telling {
    public Silent(String identifier, Device device) {
      super(identifier, device);
    }

    public static boolean supported(Device device) {
      return false;
    }
  }

  public static class Slow extends Telling {
    public Slow(String identifier, Device device) {
      super(identifier, device);
    }

    public static boolean supported(Device device) throws InterruptedException {
      LIFE.add("slow asked");
      ANSWERS.acquire();
      return true;
    }
  }

  public static class Failing extends Driver {
    public Failing(String identifier, Device device) {
      super(identifier, device);
      LIFE.add("failing made");
      throw new IllegalStateException("no such luck");
    }

    public static boolean supported(Device device) {
      return true;
    }
  }
}
