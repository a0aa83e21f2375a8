package iotbox.box.device;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import iotbox.box.detection.Detection;
import iotbox.box.detection.InterfaceStatus;
import iotbox.box.device.open.ActionResult;
import iotbox.box.device.open.ActionResult.Status;
import iotbox.box.device.status.DeviceStatus;
import iotbox.box.device.status.DeviceStatus.State;
import iotbox.box.event.Event;
import iotbox.box.event.EventHub;
import iotbox.box.guard.DriverGuard;
import iotbox.box.guard.HandlerFaults;
import iotbox.box.guard.OverdueCall;
import iotbox.box.guard.Pace;
import iotbox.box.guard.Pace.Pauses;
import iotbox.box.thread.BoxThreads;
import iotbox.handler.Action;
import iotbox.handler.ActionData;
import iotbox.handler.ConnectionType;
import iotbox.handler.Deadlines;
import iotbox.handler.Device;
import iotbox.handler.Driver;
import iotbox.handler.Interface;
import iotbox.loader.DriverType;
import iotbox.loader.HandlerSet;
import iotbox.loader.Handlers;
import iotbox.loader.InterfaceType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** What handlers do wrong, with real threads and a box of little patience. */
class FaultyHandlersTest {
  private static final Pace HASTY =
      new Pace(
          new Pauses(Duration.ofMillis(100), Duration.ofMillis(400), 3),
          new Pauses(Duration.ofMillis(300), Duration.ofMillis(600), 1),
          new Pauses(Duration.ofMillis(50), Duration.ofMillis(200), 3),
          Duration.ofMillis(500),
          Duration.ofMillis(300));

  /** What the handlers of a test do in their calls. */
  private enum Call {
    GET_DEVICES,
    SUPPORTED,
    CONSTRUCTOR,
    RUN,
    ACTION,
    DISCONNECT
  }

  private interface Step {
    void take(String device) throws Throwable;
  }

  private static final Map<Call, Step> SCRIPT = new ConcurrentHashMap<>();
  private static final Map<Call, AtomicInteger> COUNT = new ConcurrentHashMap<>();
  private static final Map<String, Device> PLUGGED = new ConcurrentHashMap<>();

  /** Which test it is: calls of an earlier one may come late, and are nothing to this one. */
  private static volatile Object now;

  private final CountDownLatch release = new CountDownLatch(1);
  private final BoxThreads threads = new BoxThreads();
  private final EventHub events = new EventHub(threads);
  private final List<Event> seen = new CopyOnWriteArrayList<>();
  private final HandlerFaults faults = new HandlerFaults();
  private final DriverGuard guard = new DriverGuard(threads, HASTY);
  private final Handlers handlers =
      new Handlers(
          1,
          List.of(
              new HandlerSet(
                  "test",
                  List.of(driver(Faulty.class, 5), driver(Plain.class, 0)),
                  List.of(listing(FaultyInterface.class), listing(PlainInterface.class)))),
          List.of());
  private final DeviceManager devices =
      new DeviceManager(() -> handlers, guard, faults, events, threads);
  private final Detection detection = new Detection(guard, faults, devices);

  @BeforeEach
  void start() {
    now = new Object();
    SCRIPT.clear();
    COUNT.clear();
    for (Call call : Call.values()) {
      COUNT.put(call, new AtomicInteger());
    }
    PLUGGED.clear();
    events.subscribe(seen::add);
  }

  @AfterEach
  void stop() {
    release.countDown();
    detection.close();
    devices.close().join();
    threads.close();
  }

  @Test
  void aLoopThatKeepsDyingIsStartedWithGrowingPausesUntilItRunsWell() {
    SCRIPT.put(Call.RUN, fail(new IllegalStateException("broken wire")));
    plug("dev");
    run();

    await().until(() -> state("dev") == State.FAILED || state("dev") == State.QUARANTINED);
    await().until(() -> state("dev") == State.QUARANTINED);
    DeviceStatus down = status("dev");
    assertEquals(Faulty.class.getName(), down.driver());
    assertTrue(down.detail().contains("broken wire"), down.detail());
    assertTrue(
        down.detail().contains(down.trouble().faults() + " times in a row since "), down.detail());
    assertTrue(down.detail().contains("It is started again at "), down.detail());
    assertTrue(down.trouble().retryAt().isAfter(down.trouble().since()));
    assertEquals(1, faults.of(Faulty.class.getName()).size());

    SCRIPT.put(Call.RUN, forEver());
    await().until(() -> state("dev") == State.CONNECTED);
    await().until(() -> status("dev").detail() == null);
    assertNull(status("dev").trouble());
    assertTrue(faults.of(Faulty.class.getName()).isEmpty());
  }

  @Test
  void whoSeesThatALoopDiedFindsItsFaultWhileTheLogIsSlow() {
    CountDownLatch written = new CountDownLatch(1);
    Logger log = (Logger) LoggerFactory.getLogger("iotbox.box.device.open.DriverLoop");
    AppenderBase<ILoggingEvent> slow =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent line) {
            try {
              written.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    slow.start();
    log.addAppender(slow);
    try {
      SCRIPT.put(Call.RUN, fail(new IllegalStateException("broken wire")));
      plug("dev");
      run();

      await().until(() -> status("dev").trouble() != null);
      assertEquals(1, faults.of(Faulty.class.getName()).size());
      // Each death waits for the log on its own thread, and the loop is started nevertheless.
      await().until(() -> state("dev") == State.QUARANTINED);
    } finally {
      written.countDown();
      log.detachAppender(slow);
    }
  }

  @Test
  void aLoopThatReturnsIsDone() {
    plug("dev");
    run();

    await().until(() -> state("dev") == State.CONNECTED && count(Call.RUN) == 1);
    SCRIPT.put(Call.ACTION, device -> {});
    for (int i = 0; i < 10; i++) {
      assertEquals(Status.SUCCESS, act("dev", Map.of("action", "act")).join().status());
    }
    assertEquals(1, count(Call.RUN));
    assertNull(status("dev").detail());
  }

  @Test
  void aDriverThatHangsAtEveryDeviceCostsFewThreadsAndSoonNoTime() {
    SCRIPT.put(Call.SUPPORTED, deaf());
    for (int i = 0; i < 200; i++) {
      plug("dev" + i);
    }
    run();

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> IntStream.range(0, 200).allMatch(i -> devices.isOpen("dev" + i)));
    assertEquals(Plain.class.getName(), status("dev7").driver());
    assertEquals(32, count(Call.SUPPORTED), "as many as are asked at a time");
    await().until(() -> guard.overdue().size() == 32);
    OverdueCall lost = guard.overdue().get(0);
    assertEquals(Faulty.class.getName(), lost.className());
    assertEquals("supported", lost.call());
    assertTrue(lost.stack().toString().contains("FaultyHandlersTest"), lost.toString());

    plug("late");
    await().until(() -> devices.isOpen("late"));
    assertEquals(32, count(Call.SUPPORTED), "it is not asked any more");

    release.countDown();
    await().until(() -> guard.overdue().isEmpty());
    SCRIPT.remove(Call.SUPPORTED);
    plug("later");
    await().until(() -> devices.isOpen("later"));
    plug("last");
    await()
        .until(
            () -> {
              plug("another" + System.nanoTime());
              return devices.status().stream()
                  .anyMatch(device -> Faulty.class.getName().equals(device.driver()));
            });
  }

  @Test
  void aDriverThatHangsAtOneDeviceIsNotAskedAboutItForEver() {
    SCRIPT.put(Call.SUPPORTED, onlyAt("bad", deaf()));
    plug("only bad");
    plug("bad");
    run();

    await().until(() -> state("bad") == State.STALLED);
    assertTrue(status("bad").trouble().stack().toString().contains("FaultyHandlersTest"));
    await().until(() -> devices.isOpen("only bad"));
    assertTrue(status("bad").detail().contains("A driver is "), status("bad").detail());
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> status("bad").detail().contains("3 earlier calls have not come back"));
    assertEquals(State.QUARANTINED, state("bad"));
    assertEquals(3, guard.overdue().size());

    SCRIPT.remove(Call.SUPPORTED);
    release.countDown();
    await().until(() -> devices.isOpen("bad"));
    assertEquals(State.CONNECTED, state("bad"));
  }

  @Test
  void aConstructorThatHangsLeavesTheDeviceStalledUntilItDoesBetter() {
    SCRIPT.put(Call.CONSTRUCTOR, onlyAt("only bad", deaf()));
    plug("only bad");
    plug("good");
    run();

    await().until(() -> devices.isOpen("good"));
    await().until(() -> state("only bad") == State.STALLED);
    assertTrue(status("only bad").detail().contains("Faulty.constructor has not returned"));

    SCRIPT.remove(Call.CONSTRUCTOR);
    await().until(() -> devices.isOpen("only bad"));
    assertNull(status("only bad").detail());
  }

  @Test
  void anInterfaceThatHangsLosesFewThreadsAndComesBack() {
    SCRIPT.put(Call.GET_DEVICES, deaf());
    plug("dev");
    run();

    await().until(() -> devices.isOpen("dev"));
    await().until(() -> listing().state() == InterfaceStatus.State.STALLED);
    assertTrue(listing().trouble().stack().toString().contains("FaultyHandlersTest"));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> listing().state() == InterfaceStatus.State.QUARANTINED);
    await().until(() -> listing().detail().contains("3 earlier calls have not come back"));
    assertEquals(3, count(Call.GET_DEVICES));
    assertTrue(devices.isOpen("dev"), "the other interface goes on");

    SCRIPT.remove(Call.GET_DEVICES);
    release.countDown();
    await().until(() -> listing().state() == InterfaceStatus.State.RUNNING);
    assertNull(listing().detail());
    await().until(() -> devices.isOpen("extra"));
  }

  @Test
  void anActionThatHangsIsNotRepeatedAndWhatWaitsForItIsRefused() {
    SCRIPT.put(Call.ACTION, deaf());
    plug("dev");
    run();
    await().until(() -> devices.isOpen("dev"));

    Map<String, Object> hanging = Map.of("action", "act", "action_unique_id", "1");
    Map<String, Object> second = Map.of("action", "act", "action_unique_id", "2");
    CompletableFuture<ActionResult> begun = act("dev", hanging);
    CompletableFuture<ActionResult> waiting = act("dev", second);

    assertEquals(Status.ERROR, begun.join().status());
    ActionResult refused = waiting.join();
    assertEquals(Status.ERROR, refused.status());
    assertFalse(refused.begun());
    assertTrue(refused.result().toString().contains("has not returned within 1000 ms"));
    List<Object> told = new ArrayList<>();
    seen.stream()
        .filter(event -> event.data().get("action_args") != null)
        .forEach(event -> told.add(event.data().get("action_args")));
    assertTrue(told.contains(hanging) && told.contains(second), "listeners hear of both: " + told);
    await().until(() -> state("dev") == State.STALLED || count(Call.DISCONNECT) > 0);

    // After a while it is opened anew, with the thread of the old instance lost.
    SCRIPT.remove(Call.ACTION);
    await()
        .until(() -> count(Call.DISCONNECT) == 1 && devices.isOpen("dev") && count(Call.RUN) == 2);
    assertEquals(1, guard.overdue().size());
    assertEquals(Status.DUPLICATE, act("dev", hanging).join().status());
    assertEquals(Status.SUCCESS, act("dev", second).join().status(), "it never began");
    assertEquals(Status.DUPLICATE, act("dev", second).join().status());
  }

  @Test
  void aDeviceWhoseActionsHangAgainAndAgainIsLeftAlone() {
    SCRIPT.put(Call.ACTION, device -> Thread.sleep(60_000)); // Comes back when interrupted.
    plug("dev");
    run();
    await().until(() -> devices.isOpen("dev"));

    for (int i = 0; i < 4; i++) {
      ActionResult result = act("dev", Map.of("action", "act")).join();
      assertTrue(result.begun(), "tolerated: " + result);
      await().until(() -> state("dev") != State.STALLED);
    }
    // Its pause is short here, so somebody who looks late sees it on probation.
    ActionResult result = act("dev", Map.of("action", "act")).join();
    assertEquals(Status.ERROR, result.status());
    if (!result.begun()) {
      assertTrue(result.result().toString().contains("4 times in a row"), result.toString());
      assertTrue(result.result().toString().contains("Actions are refused until"));
    }

    SCRIPT.remove(Call.ACTION);
    assertTrue(devices.retry("dev"));
    await().until(() -> act("dev", Map.of("action", "act")).join().status() == Status.SUCCESS);
    assertEquals(State.CONNECTED, state("dev"));
  }

  @Test
  void aFullQueueRefusesAndWhatItRefusedMayComeAgain() {
    CountDownLatch busy = new CountDownLatch(1);
    SCRIPT.put(Call.ACTION, device -> busy.await());
    plug("dev");
    run();
    await().until(() -> devices.isOpen("dev"));
    List<CompletableFuture<ActionResult>> taken = new ArrayList<>();
    for (int i = 0; i < 101; i++) {
      taken.add(act("dev", Map.of("action", "patient", "action_unique_id", "" + i)));
    }

    Map<String, Object> tooMuch = Map.of("action", "patient", "action_unique_id", "more");
    ActionResult refused = act("dev", tooMuch).join();
    assertEquals(
        new ActionResult(Status.ERROR, "dev has 100 actions waiting; try again later", false),
        refused);
    assertFalse(refused.taken());
    busy.countDown();
    taken.forEach(action -> assertEquals(Status.SUCCESS, action.join().status()));
    assertEquals(Status.SUCCESS, act("dev", tooMuch).join().status());
  }

  @Test
  void anActionThatGoesOnWhenItsDeviceIsGoneIsInterrupted() {
    AtomicInteger interrupted = new AtomicInteger();
    SCRIPT.put(
        Call.ACTION,
        device -> {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.incrementAndGet();
          }
        });
    plug("dev");
    run();
    await().until(() -> devices.isOpen("dev"));
    act("dev", Map.of("action", "patient"));
    await().until(() -> count(Call.ACTION) == 1);

    PLUGGED.clear();

    await().until(() -> interrupted.get() == 1);
    assertEquals(1, count(Call.DISCONNECT));
  }

  @Test
  void whatWaitsForADeviceThatGoesIsToldSo() {
    CountDownLatch busy = new CountDownLatch(1);
    SCRIPT.put(Call.ACTION, device -> busy.await());
    plug("dev");
    run();
    await().until(() -> devices.isOpen("dev"));
    act("dev", Map.of("action", "patient"));
    CompletableFuture<ActionResult> waiting = act("dev", Map.of("action", "patient", "n", 2));

    PLUGGED.clear();

    assertEquals(Status.DISCONNECTED, waiting.join().status());
    await()
        .until(
            () ->
                seen.stream()
                    .anyMatch(
                        event ->
                            "disconnected".equals(event.data().get("status"))
                                && "tab".equals(event.owner())));
    busy.countDown();
  }

  /** What may be thrown and is no usual exception. */
  private enum Evil {
    STACK_OVERFLOW,
    NO_CLASS,
    NO_INITIALISER,
    NO_MEMORY,
    DEATH,
    UNSPEAKABLE,
    ENDLESS;

    void happen() throws Throwable {
      switch (this) {
        case STACK_OVERFLOW -> happen();
        case NO_CLASS -> throw new NoClassDefFoundError("lib/Missing");
        case NO_INITIALISER -> Broken.touch();
        case NO_MEMORY -> throw new OutOfMemoryError("" + new int[Integer.MAX_VALUE][9].length);
        case DEATH -> throw new ThreadDeath();
        case UNSPEAKABLE ->
            throw new RuntimeException() {
              private static final long serialVersionUID = 1L;

              @Override
              public String getMessage() {
                throw new IllegalStateException("not even that");
              }
            };
        default ->
            throw new RuntimeException() {
              private static final long serialVersionUID = 1L;

              @Override
              public synchronized Throwable getCause() {
                return new IllegalStateException("deeper", this);
              }
            };
      }
    }
  }

  private static final class Broken {
    static final int NOTHING = Integer.parseInt("nothing");

    static void touch() {
      assertEquals(0, NOTHING);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anythingThatIsThrownIsContained(Evil evil) {
    plug("dev");
    SCRIPT.put(Call.SUPPORTED, device -> evil.happen());
    SCRIPT.put(Call.CONSTRUCTOR, device -> evil.happen());
    SCRIPT.put(Call.GET_DEVICES, device -> evil.happen());
    SCRIPT.put(Call.RUN, device -> evil.happen());
    SCRIPT.put(Call.ACTION, device -> evil.happen());
    SCRIPT.put(Call.DISCONNECT, device -> evil.happen());
    run();
    await().until(() -> devices.isOpen("dev"));
    assertEquals(Plain.class.getName(), status("dev").driver());
    await().until(() -> listing().trouble() != null);

    SCRIPT.remove(Call.SUPPORTED);
    plug("only bad");
    await()
        .until(() -> state("only bad") == State.FAILED || state("only bad") == State.QUARANTINED);
    assertTrue(status("only bad").detail().startsWith("Faulty.constructor failed: "));

    SCRIPT.remove(Call.CONSTRUCTOR);
    await().until(() -> devices.isOpen("only bad"));
    await().until(() -> state("only bad") == State.QUARANTINED);
    assertTrue(status("only bad").detail().startsWith("Faulty.run failed: "));
    ActionResult result = act("only bad", Map.of("action", "act")).join();
    assertEquals(Status.ERROR, result.status());
    assertTrue(result.begun());

    PLUGGED.remove("only bad");
    await().until(() -> !devices.isOpen("only bad"));
    await()
        .until(
            () ->
                faults.of(Faulty.class.getName()).stream()
                    .anyMatch(fault -> fault.message().startsWith("Faulty.disconnect failed: ")));
    assertTrue(devices.isOpen("dev"));
  }

  @Test
  void anEventBelongsToTheSessionWhoseActionItEnds() {
    SCRIPT.put(Call.ACTION, device -> {});
    plug("dev");
    run();
    await().until(() -> devices.isOpen("dev"));
    List<CompletableFuture<ActionResult>> answers = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      String session = i % 3 == 0 ? null : "tab" + i % 3;
      answers.add(
          devices.action(
              "dev", ActionData.of(Map.of("action", "tell", "tab", "" + session), session)));
    }
    answers.forEach(CompletableFuture::join);

    List<Event> ends = seen.stream().filter(event -> event.data().containsKey("status")).toList();
    assertEquals(90, ends.size());
    for (Event end : ends) {
      Map<?, ?> arguments = (Map<?, ?>) end.data().get("action_args");
      assertEquals(arguments.get("tab"), "" + end.owner());
    }
    // What the driver tells by itself goes to the last that has a session.
    List<Event> own = seen.stream().filter(event -> !event.data().containsKey("status")).toList();
    assertEquals(90, own.size());
    for (Event event : own) {
      String tab = (String) event.data().get("value");
      assertTrue(tab.equals("null") || tab.equals(event.owner()), event.toString());
    }
  }

  private static Step fail(Throwable what) {
    return device -> {
      throw what;
    };
  }

  private static Step forEver() {
    return device -> new CountDownLatch(1).await();
  }

  /** Reacts to nothing until the test lets go. */
  private Step deaf() {
    return device -> {
      while (true) {
        try {
          release.await();
          return;
        } catch (InterruptedException e) {
          // Deaf.
        }
      }
    };
  }

  private static Step onlyAt(String identifier, Step step) {
    return device -> {
      if (device.equals(identifier)) {
        step.take(device);
      }
    };
  }

  private static void take(Call call, Object test, String device) {
    if (test != now) {
      return;
    }
    COUNT.get(call).incrementAndGet();
    Step step = SCRIPT.get(call);
    if (step != null) {
      try {
        step.take(device);
      } catch (Throwable thrown) {
        FaultyHandlersTest.<RuntimeException>rethrow(thrown);
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void rethrow(Throwable thrown) throws T {
    throw (T) thrown;
  }

  private static int count(Call call) {
    return COUNT.get(call).get();
  }

  private static void plug(String identifier) {
    PLUGGED.put(identifier, Device.of(Map.of("identifier", identifier, "test", now)));
  }

  private void run() {
    detection.changed(Handlers.none(), handlers);
  }

  private State state(String identifier) {
    return devices.status().stream()
        .filter(status -> status.identifier().equals(identifier))
        .map(DeviceStatus::state)
        .findFirst()
        .orElse(null);
  }

  private DeviceStatus status(String identifier) {
    return devices.status().stream()
        .filter(status -> status.identifier().equals(identifier))
        .findFirst()
        .orElseThrow();
  }

  private InterfaceStatus listing() {
    return detection.status().stream()
        .filter(status -> status.className().equals(FaultyInterface.class.getName()))
        .findFirst()
        .orElseThrow();
  }

  private CompletableFuture<ActionResult> act(String identifier, Map<String, Object> data) {
    return devices.action(identifier, ActionData.of(data, "tab"));
  }

  private static DriverType driver(Class<? extends Driver> type, int priority) {
    return new DriverType(type, "bench", priority, "drivers/" + type.getSimpleName() + ".java");
  }

  private static InterfaceType listing(Class<? extends Interface> type) {
    return new InterfaceType(
        type,
        "bench",
        "interfaces/" + type.getSimpleName() + ".java",
        () -> type.getDeclaredConstructor().newInstance());
  }

  public static class PlainInterface extends Interface {
    @Override
    public Map<String, Device> getDevices() {
      return new LinkedHashMap<>(PLUGGED);
    }

    @Override
    public Duration loopDelay() {
      return Duration.ofMillis(50);
    }
  }

  @Deadlines(getDevices = 1)
  public static class FaultyInterface extends Interface {
    private final Object test = now;

    @Override
    public Map<String, Device> getDevices() {
      take(Call.GET_DEVICES, test, "");
      return Map.of("extra", Device.of(Map.of("identifier", "extra")));
    }

    @Override
    public Duration loopDelay() {
      return Duration.ofMillis(100);
    }
  }

  /** Takes every device that the other driver does not, but for those that only that one is for. */
  @ConnectionType("bench")
  public static class Plain extends Driver {
    public Plain(String identifier, Device device) {
      super(identifier, device);
    }

    public static boolean supported(Device device) {
      return !List.of("bad", "only bad").contains(device.getString("identifier"));
    }
  }

  @ConnectionType("bench")
  @Deadlines(supported = 1, constructor = 1, action = 1, disconnect = 1)
  public static class Faulty extends Driver {
    public Faulty(String identifier, Device device) {
      super(identifier, device);
      take(Call.CONSTRUCTOR, device.get("test"), identifier);
    }

    public static boolean supported(Device device) {
      String identifier = device.getString("identifier");
      if (identifier.equals("extra")) {
        return false;
      }
      take(Call.SUPPORTED, device.get("test"), identifier);
      return true;
    }

    @Override
    public void run() {
      take(Call.RUN, device().get("test"), identifier());
    }

    @Action("act")
    public void act() {
      take(Call.ACTION, device().get("test"), identifier());
    }

    @Action(value = "patient", deadline = 60)
    public void patient() {
      take(Call.ACTION, device().get("test"), identifier());
    }

    @Action("tell")
    public void tell(ActionData action) {
      data().put("value", action.getString("tab"));
      deviceChanged();
    }

    @Override
    public void disconnect() {
      take(Call.DISCONNECT, device().get("test"), identifier());
    }
  }
}
