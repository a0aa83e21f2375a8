package iotbox.box.device;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.detection.Detection;
import iotbox.box.detection.InterfaceStatus;
import iotbox.box.device.open.ActionResult;
import iotbox.box.device.status.DeviceStatus;
import iotbox.box.event.Event;
import iotbox.box.event.EventHub;
import iotbox.box.guard.DriverGuard;
import iotbox.box.guard.HandlerFaults;
import iotbox.box.thread.BoxThreads;
import iotbox.handler.Action;
import iotbox.handler.ActionData;
import iotbox.handler.ConnectionType;
import iotbox.handler.Device;
import iotbox.handler.Driver;
import iotbox.handler.Interface;
import iotbox.loader.DeviceMatch;
import iotbox.loader.DriverType;
import iotbox.loader.HandlerSet;
import iotbox.loader.Handlers;
import iotbox.loader.InterfaceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way of a device from an interface to a driver and away again, with real threads. */
class DeviceManagerTest {
  private static final Map<String, Device> BENCH = new ConcurrentHashMap<>();

  /** What happened in this test; another list in each, see {@link Bench}. */
  private static volatile List<String> life = new CopyOnWriteArrayList<>();

  private static final List<String> ASKED = new CopyOnWriteArrayList<>();
  private static final CountDownLatch SLOW = new CountDownLatch(1);
  private static final CountDownLatch HESITATION = new CountDownLatch(1);
  private static final CountDownLatch NEVER = new CountDownLatch(1);

  private final BoxThreads threads = new BoxThreads();
  private final EventHub events = new EventHub(threads);
  private final List<Event> seen = new CopyOnWriteArrayList<>();
  private final HandlerFaults faults = new HandlerFaults();
  private final Map<Object, HandlerSet> sets = new HashMap<>();
  private volatile Handlers handlers = new Handlers(0, List.of(), List.of());
  private DeviceManager devices;
  private Detection detection;

  @BeforeEach
  void start() {
    BENCH.clear();
    life = new CopyOnWriteArrayList<>();
    ASKED.clear();
    DriverGuard guard = new DriverGuard(threads);
    devices = new DeviceManager(() -> handlers, guard, faults, events, threads);
    detection = new Detection(guard, faults, devices);
    events.subscribe(seen::add);
  }

  @AfterEach
  void stop() {
    detection.close();
    devices.close().join();
    threads.close();
  }

  @Test
  void deviceIsOpenedByTheFirstDriverThatSupportsItAndClosedWhenItGoes() {
    plug("good1", "kind", "plain");
    run(interfaceType(Bench.class), driver(Plain.class, 0), driver(Special.class, 5));

    await().until(() -> devices.isOpen("good1"));
    assertEquals(Plain.class.getName(), status("good1").driver());
    assertEquals("Plain good1", status("good1").name());
    assertEquals("device", status("good1").type());

    BENCH.clear();
    await().until(() -> life.contains("good1 disconnected"));
    await().until(() -> devices.status().isEmpty());
  }

  @Test
  void higherPriorityIsAskedFirst() {
    plug("two", "kind", "both");
    run(interfaceType(Bench.class), driver(Plain.class, 0), driver(Special.class, 5));

    await().until(() -> devices.isOpen("two"));
    assertEquals(Special.class.getName(), status("two").driver());
  }

  @Test
  void aDriverThatWasMadeForTheDeviceIsAskedBeforeAllOthers() {
    plug("two", "kind", "both");
    plug("made", "name", "Reader 2000");
    run(interfaceType(Bench.class), madeFor("Reader"), driver(Special.class, 5));

    await().until(() -> devices.isOpen("made") && devices.isOpen("two"));
    assertEquals(Willing.class.getName(), status("made").driver());
    assertEquals(Special.class.getName(), status("two").driver());
    assertEquals(List.of("both"), ASKED, "nobody else was asked about it");
  }

  @Test
  void aNewDriverThatWasMadeForTheDeviceTakesItOver() {
    BENCH.put("made", Device.of(Map.of("name", "Reader 2000", "kind", "both")));
    InterfaceType bench = interfaceType(Bench.class);
    DriverType special = driver(Special.class, 5);
    run(bench, special);
    await().until(() -> devices.isOpen("made"));

    run(bench, special, madeFor("Reader"));

    await()
        .until(
            () ->
                devices.isOpen("made") && status("made").driver().equals(Willing.class.getName()));
  }

  @Test
  void everyActionEndsInAnEventWithItsResultAndOwner() {
    plug("good1", "kind", "plain");
    run(interfaceType(Bench.class), driver(Plain.class, 0));
    await().until(() -> devices.isOpen("good1"));

    ActionResult answer = action("good1", Map.of("action", "double", "number", 21));

    assertEquals(new ActionResult(ActionResult.Status.SUCCESS, 42), answer);
    Event event = seen.get(seen.size() - 1);
    assertEquals("tab1", event.owner());
    assertEquals("success", event.data().get("status"));
    assertEquals(42, event.data().get("result"));
    assertEquals("", event.data().get("value"));
  }

  @Test
  void anActionWithoutResultAnswersTheDriversOwn() {
    plug("good1", "kind", "plain");
    run(interfaceType(Bench.class), driver(Plain.class, 0));
    await().until(() -> devices.isOpen("good1"));

    assertEquals(7, action("good1", Map.of("action", "remember")).result());
  }

  @Test
  void eventsInsideAnActionComeBeforeItsOwn() {
    plug("good1", "kind", "plain");
    run(interfaceType(Bench.class), driver(Plain.class, 0));
    await().until(() -> devices.isOpen("good1"));
    seen.clear();

    action("good1", Map.of("action", "tell"));

    assertEquals(2, seen.size());
    assertEquals("told", seen.get(0).data().get("value"));
    assertEquals("success", seen.get(1).data().get("status"));
    assertTrue(seen.get(0).time() < seen.get(1).time());
  }

  @Test
  void whatADriverDoesToItsResultLaterDoesNotChangeTheAnswer() {
    plug("good1", "kind", "plain");
    run(interfaceType(Bench.class), driver(Plain.class, 0));
    await().until(() -> devices.isOpen("good1"));

    Object first = action("good1", Map.of("action", "live")).result();
    action("good1", Map.of("action", "live"));

    assertEquals(Map.of("weight", 0), first);
  }

  @Test
  void failedActionAnswersTheDriversWords() {
    plug("good1", "kind", "plain");
    run(interfaceType(Bench.class), driver(Plain.class, 0));
    await().until(() -> devices.isOpen("good1"));

    assertEquals(
        new ActionResult(ActionResult.Status.ERROR, "no paper"),
        action("good1", Map.of("action", "fail")));
    assertEquals(
        new ActionResult(
            ActionResult.Status.ERROR,
            "\"nonsense\" is not an action of Plain; it has [double, fail, live, overflow, remember, tell]"),
        action("good1", Map.of("action", "nonsense")));
    assertEquals(ActionResult.Status.ERROR, action("good1", Map.of("action", "overflow")).status());
    assertEquals(DeviceStatus.State.CONNECTED, status("good1").state());
  }

  @Test
  void actionForAnUnknownDeviceIsDisconnected() {
    assertEquals(
        ActionResult.Status.DISCONNECTED, action("nobody", Map.of("action", "x")).status());
  }

  @Test
  void sameUniqueIdRunsOnceAlsoIfItFailed() {
    plug("good1", "kind", "plain");
    run(interfaceType(Bench.class), driver(Plain.class, 0));
    await().until(() -> devices.isOpen("good1"));
    Map<String, Object> once = Map.of("action", "double", "number", 1, "action_unique_id", "u1");
    Map<String, Object> failing = Map.of("action", "fail", "action_unique_id", "u2");

    assertEquals(ActionResult.Status.SUCCESS, action("good1", once).status());
    assertEquals(ActionResult.Status.DUPLICATE, action("good1", once).status());
    assertEquals(ActionResult.Status.ERROR, action("good1", failing).status());
    assertEquals(ActionResult.Status.DUPLICATE, action("good1", failing).status());
  }

  @Test
  void actionsRunOneAtATimeInOrder() {
    plug("good1", "kind", "plain");
    run(interfaceType(Bench.class), driver(Plain.class, 0));
    await().until(() -> devices.isOpen("good1"));
    List<CompletableFuture<ActionResult>> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      answers.add(
          devices.action("good1", ActionData.of(Map.of("action", "double", "number", i), null)));
    }
    answers.forEach(CompletableFuture::join);

    List<Object> results = new ArrayList<>();
    seen.forEach(event -> results.add(event.data().get("result")));
    List<Object> expected = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      expected.add(2 * i);
    }
    assertEquals(expected, results);
  }

  @Test
  void throwingSupportedAndConstructorAreReportedAndOthersGoOn() {
    plug("good1", "kind", "plain");
    plug("broken", "kind", "constructor");
    run(
        interfaceType(Bench.class),
        driver(Plain.class, 0),
        driver(ThrowingSupported.class, 9),
        driver(ThrowingConstructor.class, 8));

    await().until(() -> devices.isOpen("good1"));
    await().until(() -> status("broken").state() == DeviceStatus.State.FAILED);
    assertTrue(status("broken").detail().contains("out of order"), status("broken").detail());
    assertTrue(
        faults.of(ThrowingSupported.class.getName()).get(0).message().contains("cannot ask"));
    assertTrue(faults.of(ThrowingSupported.class.getName()).get(0).line() > 1);
    assertTrue(
        faults.of(ThrowingConstructor.class.getName()).get(0).message().contains("out of order"));
  }

  @Test
  void throwingInterfaceIsReportedAndOthersGoOn() {
    plug("good1", "kind", "plain");
    run(
        List.of(interfaceType(Bench.class), interfaceType(ThrowingInterface.class)),
        List.of(driver(Plain.class, 0)));

    await().until(() -> devices.isOpen("good1"));
    await()
        .until(
            () ->
                detection.status().stream()
                    .anyMatch(status -> status.state() == InterfaceStatus.State.FAILED));
    assertTrue(faults.of(ThrowingInterface.class.getName()).get(0).message().contains("no bench"));
  }

  @Test
  void hangingSupportedIsCutOffAndTheNextDriverIsAsked() {
    plug("good1", "kind", "plain");
    run(interfaceType(Bench.class), driver(Plain.class, 0), driver(HangingSupported.class, 9));

    await().atMost(15, TimeUnit.SECONDS).until(() -> devices.isOpen("good1"));
    assertTrue(
        faults.of(HangingSupported.class.getName()).get(0).message().contains("5000 ms"),
        () -> faults.of(HangingSupported.class.getName()).toString());
  }

  @Test
  void unsupportedDeviceSaysWhoWasAskedAndGetsTheDriverThatComesLater() {
    BENCH.put(
        "late",
        Device.of(Map.of("kind", "special", "product", "Fancy Reader", "manufacturer", "Acme")));
    InterfaceType bench = interfaceType(Bench.class);
    run(bench, driver(Plain.class, 0));
    await()
        .until(
            () ->
                !devices.status().isEmpty()
                    && status("late").state() == DeviceStatus.State.UNSUPPORTED
                    && status("late").detail().contains("Plain declined"));
    assertEquals("bench", status("late").connection());
    assertEquals("Fancy Reader", status("late").name());
    assertEquals("Acme", status("late").manufacturer());

    run(bench, driver(Plain.class, 0), driver(Special.class, 5));

    await().atMost(2, TimeUnit.SECONDS).until(() -> devices.isOpen("late"));
  }

  @Test
  void reloadTouchesOnlyTheDevicesOfChangedDrivers() {
    plug("good1", "kind", "plain");
    plug("special1", "kind", "special");
    InterfaceType bench = interfaceType(Bench.class);
    DriverType plain = driver(Plain.class, 0);
    run(bench, plain, driver(Special.class, 5));
    await().until(() -> devices.isOpen("good1") && devices.isOpen("special1"));

    // Another file name makes another driver type, as recompiling does.
    run(bench, plain, new DriverType(Special.class, "bench", 5, "drivers/Changed.java"));

    await().until(() -> life.contains("special1 disconnected"));
    await().until(() -> devices.isOpen("special1"));
    assertTrue(devices.isOpen("good1"));
    assertTrue(life.stream().noneMatch(line -> line.equals("good1 disconnected")));
    List<String> special = life.stream().filter(line -> !line.startsWith("good1")).toList();
    assertEquals(
        List.of("swapped", "special1 made", "special1 disconnected", "swapped", "special1 made"),
        special);
  }

  @Test
  void devicesKeepTheirDriverWhenOnlyTheInterfaceChanges() {
    plug("good1", "kind", "plain");
    DriverType plain = driver(Plain.class, 0);
    run(interfaceType(Bench.class), plain);
    await().until(() -> devices.isOpen("good1"));
    action("good1", Map.of("action", "remember"));

    run(interfaceType(Bench.class), plain);
    plug("good2", "kind", "plain");
    await().until(() -> devices.isOpen("good2"));

    // The data of a driver lives as long as its instance.
    action("good1", Map.of("action", "live"));
    assertEquals(7, seen.get(seen.size() - 1).data().get("remembered"));
    assertEquals(List.of("swapped", "bench closed", "swapped"), life);
  }

  @Test
  void devicesOfAChangedDriverWaitForTheNewOneAndGoToNobodyElse() {
    plug("two", "kind", "both");
    InterfaceType bench = interfaceType(Bench.class);
    DriverType plain = driver(Plain.class, 0);
    DriverType special = driver(Special.class, 5);
    run(bench, plain, special);
    await().until(() -> devices.isOpen("two"));

    detection.leaving(Set.of(sets.get(special))).join();

    assertTrue(life.contains("two disconnected"));
    assertEquals(DeviceStatus.State.DETECTED, status("two").state());
    plug("another", "kind", "both");
    await().until(() -> devices.status().size() == 2);
    assertEquals(DeviceStatus.State.DETECTED, status("another").state());

    run(bench, plain, new DriverType(Special.class, "bench", 5, "drivers/Changed.java"));
    await().until(() -> devices.isOpen("two") && devices.isOpen("another"));
    assertEquals(Special.class.getName(), status("two").driver());
    assertEquals(Special.class.getName(), status("another").driver());
  }

  @Test
  void aDeviceThatIsBeingOpenedWhenItsDriverLeavesIsClosedBeforeTheSwap() {
    plug("slow", "kind", "slow");
    InterfaceType bench = interfaceType(Bench.class);
    DriverType slow = driver(Slow.class, 0);
    run(bench, slow);
    await().until(() -> life.contains("slow begins"));

    CompletableFuture<?> stopped = detection.leaving(Set.of(sets.get(slow)));
    assertFalse(stopped.isDone());
    SLOW.countDown();
    stopped.join();

    assertEquals(List.of("swapped", "slow begins", "slow disconnected"), life);
  }

  @Test
  void newDriverOfHigherRankTakesTheDeviceOver() {
    plug("two", "kind", "both");
    InterfaceType bench = interfaceType(Bench.class);
    DriverType plain = driver(Plain.class, 0);
    run(bench, plain);
    await().until(() -> devices.isOpen("two"));

    run(bench, plain, driver(Special.class, 5));

    await()
        .until(
            () -> devices.isOpen("two") && status("two").driver().equals(Special.class.getName()));
    assertTrue(life.contains("two disconnected"));
  }

  @Test
  void aNewDriverThatDoesNotWantTheDeviceLeavesItAtWork() {
    plug("good1", "kind", "plain");
    InterfaceType bench = interfaceType(Bench.class);
    DriverType plain = driver(Plain.class, 0);
    run(bench, plain);
    await().until(() -> devices.isOpen("good1"));
    action("good1", Map.of("action", "remember"));

    run(bench, plain, driver(Special.class, 5), driver(ThrowingSupported.class, 6));

    await().until(() -> ASKED.contains("plain"));
    plug("special1", "kind", "special");
    await().until(() -> devices.isOpen("special1"));
    action("good1", Map.of("action", "live"));
    assertEquals(7, seen.get(seen.size() - 1).data().get("remembered"), "the same instance");
    assertFalse(life.contains("good1 disconnected"));
    assertFalse(faults.of(ThrowingSupported.class.getName()).isEmpty());
  }

  @Test
  void aNewDriverIsOfferedADeviceThatWasBeingOpenedWhenItCame() {
    plug("both", "kind", "both");
    InterfaceType bench = interfaceType(Bench.class);
    DriverType hesitant = driver(Hesitant.class, 0);
    run(bench, hesitant);
    await().until(() -> life.contains("both begins"));

    run(bench, hesitant, driver(Special.class, 5));
    HESITATION.countDown();

    await()
        .until(
            () ->
                devices.isOpen("both") && status("both").driver().equals(Special.class.getName()));
  }

  @Test
  void atASerialPortANewDriverIsAskedOnceWithThePortClosed() {
    plug("port", "kind", "plain");
    InterfaceType ports = interfaceType(Bench.class, "serial");
    DriverType plain = driver(Plain.class, 0, "serial");
    run(ports, plain);
    await().until(() -> devices.isOpen("port"));

    run(ports, plain, driver(Special.class, 5, "serial"));
    await().until(() -> ASKED.contains("plain") && devices.isOpen("port"));
    assertEquals(Plain.class.getName(), status("port").driver());
    assertEquals(List.of("swapped", "swapped", "port disconnected"), life);
    assertEquals(List.of("plain"), ASKED);

    // A new version of it is not a new driver.
    run(ports, plain, new DriverType(Special.class, "serial", 5, "drivers/Changed.java"));
    plug("other", "kind", "plain");
    await().until(() -> devices.isOpen("other"));
    assertEquals(1, life.stream().filter(line -> line.equals("port disconnected")).count());
  }

  @Test
  void atASerialPortANewDriverThatWantsTheDeviceGetsIt() {
    plug("port", "kind", "both");
    InterfaceType ports = interfaceType(Bench.class, "serial");
    DriverType plain = driver(Plain.class, 0, "serial");
    run(ports, plain);
    await().until(() -> devices.isOpen("port"));

    run(ports, plain, driver(Special.class, 5, "serial"));

    await()
        .until(
            () ->
                devices.isOpen("port") && status("port").driver().equals(Special.class.getName()));
  }

  @Test
  void removedInterfaceTakesItsDevicesAlong() {
    plug("good1", "kind", "plain");
    run(interfaceType(Bench.class), driver(Plain.class, 0));
    await().until(() -> devices.isOpen("good1"));

    run(List.of(), List.of(driver(Plain.class, 0)));

    await().until(() -> devices.status().isEmpty());
    assertTrue(life.contains("good1 disconnected"));
    await().until(() -> life.contains("bench closed"));
  }

  @Test
  void runIsInterruptedBeforeDisconnect() {
    plug("loop", "kind", "looping");
    run(interfaceType(Bench.class), driver(Looping.class, 0));
    await().until(() -> life.contains("loop runs"));

    BENCH.clear();

    await().until(() -> life.contains("loop disconnected"));
    assertEquals(List.of("swapped", "loop runs", "loop interrupted", "loop disconnected"), life);
  }

  @Test
  void aLoopThatDiesIsShown() {
    plug("dying", "kind", "dying");
    run(interfaceType(Bench.class), driver(Dying.class, 0));

    await().until(() -> devices.isOpen("dying") && status("dying").detail() != null);
    assertTrue(status("dying").detail().contains("broken wire"));
    assertEquals(DeviceStatus.State.FAILED, status("dying").state());
    assertEquals(1, status("dying").trouble().faults());
  }

  @Test
  void afterItsEndThereAreNoDevicesAndNothingIsAtWork() {
    plug("good1", "kind", "plain");
    plug("unknown", "kind", "unheard of");
    run(interfaceType(Bench.class), driver(Plain.class, 0));
    await()
        .until(
            () ->
                devices.isOpen("good1")
                    && devices.status().size() == 2
                    && status("unknown").state() == DeviceStatus.State.UNSUPPORTED);

    devices.close().join();

    assertTrue(life.contains("good1 disconnected"), life.toString());
    assertFalse(devices.isAtWork());
    assertEquals(List.of(), devices.status());
  }

  @Test
  void aDriverThatIsAskedAtTheEndIsNotWaitedForAndKeepsNothingOpen() {
    plug("late", "kind", "late");
    run(interfaceType(Bench.class), driver(Undecided.class, 0));
    await().until(() -> life.contains("late begins"));

    devices.close().join();
    assertTrue(devices.isAtWork(), "the driver has not answered");
    Undecided.ANSWER.countDown();

    await().until(() -> !devices.isAtWork());
    assertEquals(List.of("swapped", "late begins", "late disconnected"), life);
    assertEquals(List.of(), devices.status());
  }

  @Test
  void eventIsACopy() {
    plug("good1", "kind", "plain");
    run(interfaceType(Bench.class), driver(Plain.class, 0));
    await().until(() -> devices.isOpen("good1"));
    action("good1", Map.of("action", "tell"));
    Event told = seen.get(0);
    action("good1", Map.of("action", "remember"));

    assertEquals("told", told.data().get("value"));
    assertNotSame(told, seen.get(seen.size() - 1));
    assertSame(told, seen.get(0));
  }

  private DeviceStatus status(String identifier) {
    return devices.status().stream()
        .filter(status -> status.identifier().equals(identifier))
        .findFirst()
        .orElseThrow();
  }

  private ActionResult action(String identifier, Map<String, Object> data) {
    return devices.action(identifier, ActionData.of(data, "tab1")).join();
  }

  private static void plug(String identifier, String attribute, String value) {
    BENCH.put(identifier, Device.of(Map.of(attribute, value)));
  }

  private void run(InterfaceType listing, DriverType... drivers) {
    run(List.of(listing), List.of(drivers));
  }

  private void run(List<InterfaceType> interfaces, List<DriverType> drivers) {
    List<HandlerSet> next = new ArrayList<>();
    drivers.forEach(type -> next.add(set(type, List.of(type), List.of())));
    interfaces.forEach(type -> next.add(set(type, List.of(), List.of(type))));
    Handlers before = handlers;
    Set<HandlerSet> leaving = new HashSet<>(before.sets());
    next.forEach(leaving::remove);
    detection.leaving(leaving).join();
    life.add("swapped");
    handlers = new Handlers(before.generation() + 1, next, List.of());
    detection.changed(before, handlers);
  }

  /** Unchanged members keep their set, as they do in the loader. */
  private HandlerSet set(Object member, List<DriverType> drivers, List<InterfaceType> interfaces) {
    return sets.computeIfAbsent(member, m -> new HandlerSet("test", drivers, interfaces));
  }

  private static DriverType driver(Class<? extends Driver> type, int priority) {
    return driver(type, priority, "bench");
  }

  private static DriverType driver(
      Class<? extends Driver> type, int priority, String connectionType) {
    return new DriverType(
        type, connectionType, priority, "drivers/" + type.getSimpleName() + ".java");
  }

  /** A driver of low rank that takes every device and says that it was made for such names. */
  private static DriverType madeFor(String name) {
    return new DriverType(
        Willing.class,
        "bench",
        -5,
        "drivers/Willing.java",
        List.of(new DeviceMatch(-1, -1, Pattern.compile(name))),
        false,
        Map.of());
  }

  private static InterfaceType interfaceType(Class<? extends Interface> type) {
    return interfaceType(type, "bench");
  }

  private static InterfaceType interfaceType(
      Class<? extends Interface> type, String connectionType) {
    return new InterfaceType(
        type,
        connectionType,
        "interfaces/" + type.getSimpleName() + ".java",
        () -> type.getDeclaredConstructor().newInstance());
  }

  /** Interface of the tests: what is in the map is plugged in. */
  @ConnectionType("bench")
  public static class Bench extends Interface {
    /** The one of its test: nobody waits for an interface to be closed at a test's end. */
    private final List<String> own = life;

    @Override
    public Map<String, Device> getDevices() {
      return new LinkedHashMap<>(BENCH);
    }

    @Override
    public java.time.Duration loopDelay() {
      return java.time.Duration.ofMillis(60);
    }

    @Override
    public void close() {
      own.add("bench closed");
    }
  }

  @ConnectionType("bench")
  public static class ThrowingInterface extends Interface {
    @Override
    public Map<String, Device> getDevices() {
      throw new IllegalStateException("no bench");
    }
  }

  public abstract static class Noted extends Driver {
    protected Noted(String identifier, Device device) {
      super(identifier, device);
      deviceType("device");
      deviceConnection("direct");
      deviceName(getClass().getSimpleName() + " " + identifier);
    }

    @Override
    public void disconnect() {
      life.add(identifier() + " disconnected");
    }
  }

  public static class Plain extends Noted {
    private final Map<String, Object> live = new LinkedHashMap<>();

    public Plain(String identifier, Device device) {
      super(identifier, device);
    }

    public static boolean supported(Device device) {
      return List.of("plain", "both").contains(device.getString("kind"));
    }

    @Action("double")
    public Object twice(ActionData data) {
      return 2 * data.getInt("number");
    }

    @Action("remember")
    public void remember() {
      data().put("result", 7);
      data().put("remembered", 7);
    }

    @Action("tell")
    public void tell() {
      data().put("value", "told");
      deviceChanged();
      data().put("value", "later");
    }

    @Action("fail")
    public void fail() throws java.io.IOException {
      throw new java.io.IOException("no paper");
    }

    @Action("live")
    public Object live() {
      live.put("weight", live.size());
      return live;
    }

    @Action("overflow")
    public Object overflow() {
      return overflow();
    }
  }

  public static class Special extends Noted {
    public Special(String identifier, Device device) {
      super(identifier, device);
      life.add(identifier + " made");
    }

    public static boolean supported(Device device) {
      ASKED.add(device.getString("kind"));
      return List.of("special", "both").contains(device.getString("kind"));
    }
  }

  public static class Willing extends Noted {
    public Willing(String identifier, Device device) {
      super(identifier, device);
    }

    public static boolean supported(Device device) {
      return true;
    }
  }

  public static class Slow extends Noted {
    public Slow(String identifier, Device device) throws InterruptedException {
      super(identifier, device);
      life.add(identifier + " begins");
      SLOW.await();
    }

    public static boolean supported(Device device) {
      return true;
    }
  }

  public static class Hesitant extends Noted {
    public Hesitant(String identifier, Device device) throws InterruptedException {
      super(identifier, device);
      life.add(identifier + " begins");
      HESITATION.await();
    }

    public static boolean supported(Device device) {
      return true;
    }
  }

  public static class Undecided extends Noted {
    private static final CountDownLatch ANSWER = new CountDownLatch(1);

    public Undecided(String identifier, Device device) throws InterruptedException {
      super(identifier, device);
      life.add(identifier + " begins");
      ANSWER.await();
    }

    public static boolean supported(Device device) {
      return true;
    }
  }

  public static class ThrowingSupported extends Noted {
    public ThrowingSupported(String identifier, Device device) {
      super(identifier, device);
    }

    public static boolean supported(Device device) {
      throw new IllegalStateException("cannot ask");
    }
  }

  public static class HangingSupported extends Noted {
    public HangingSupported(String identifier, Device device) {
      super(identifier, device);
    }

    public static boolean supported(Device device) throws InterruptedException {
      NEVER.await();
      return true;
    }
  }

  public static class ThrowingConstructor extends Noted {
    public ThrowingConstructor(String identifier, Device device) {
      super(identifier, device);
      throw new IllegalStateException("out of order");
    }

    public static boolean supported(Device device) {
      return "constructor".equals(device.getString("kind"));
    }
  }

  public static class Looping extends Noted {
    public Looping(String identifier, Device device) {
      super(identifier, device);
    }

    public static boolean supported(Device device) {
      return true;
    }

    @Override
    public void run() {
      life.add("loop runs");
      try {
        NEVER.await();
      } catch (InterruptedException e) {
        life.add("loop interrupted");
      }
    }
  }

  public static class Dying extends Noted {
    public Dying(String identifier, Device device) {
      super(identifier, device);
    }

    public static boolean supported(Device device) {
      return true;
    }

    @Override
    public void run() throws Exception {
      throw new java.io.IOException("broken wire");
    }
  }
}
