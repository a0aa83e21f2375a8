package iotbox.box.device.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.event.Event;
import iotbox.box.event.EventHub;
import iotbox.box.guard.CallName;
import iotbox.box.guard.DriverGuard;
import iotbox.box.guard.GuardedCall;
import iotbox.box.guard.HandlerFault;
import iotbox.box.thread.BoxThreads;
import iotbox.handler.ActionData;
import iotbox.handler.ActionFailedException;
import iotbox.handler.Device;
import iotbox.handler.Driver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** For whom a driver's own events are, and until when they get out. */
class DeviceEventsTest {
  private static final ActionResult FAILED =
      new ActionResult(ActionResult.Status.ERROR, "no paper");

  private final BoxThreads threads = new BoxThreads();
  private final EventHub hub = new EventHub(threads);
  private final List<Event> seen = new ArrayList<>();
  private final Driver driver = new Driver("till", Device.of(Map.of())) {};
  private final DeviceEvents events = new DeviceEvents(driver, hub);

  @BeforeEach
  void listen() {
    hub.subscribe(seen::add);
    driver.deviceType("printer");
    driver.attach(events);
  }

  @AfterEach
  void close() {
    threads.close();
  }

  @Test
  void theyGoByTheSessionThatAskedLastUnlessTheDriverSaysWhose() {
    events.begins(ActionData.of(Map.of(), "first"));
    driver.deviceChanged();
    events.begins(ActionData.of(Map.of(), "second"));
    driver.data().put("owner", "first");
    driver.deviceChanged();
    driver.data().put("owner", null);
    driver.deviceChanged();
    driver.data().put("owner", 7);
    driver.deviceChanged();
    driver.data().remove("owner");
    driver.deviceChanged();

    List<String> owners = new ArrayList<>();
    seen.forEach(event -> owners.add(String.valueOf(event.owner())));
    assertEquals(List.of("first", "first", "null", "null", "second"), owners);
  }

  @Test
  void whatIsToldWhileItIsDisconnectedGetsOutAndNothingLater() {
    assertFalse(driver.isStopped());
    events.stop();
    assertTrue(driver.isStopped());
    driver.data().put("status", "disconnected");
    driver.deviceChanged();
    events.close();
    driver.deviceChanged();

    assertEquals(1, seen.size());
    assertEquals("disconnected", seen.get(0).data().get("status"));
  }

  @Test
  void aFailureOfAnActionOfAPrinterIsToldByTheBox() {
    ActionData action = ActionData.of(Map.of("action", "print"), "tab1");
    events.begins(action);
    assertEquals(
        FAILED, events.failed(action, Map.of("value", "old"), fault(new IOException("no paper"))));

    assertEquals(1, seen.size());
    assertEquals("tab1", seen.get(0).owner());
    assertEquals(
        Map.of(
            "status", "error",
            "message", "no paper",
            "result", "no paper",
            "action_args", action.asMap()),
        seen.get(0).data());
    assertSame(action.asMap(), seen.get(0).data().get("action_args"));
  }

  @Test
  void whatAPrinterSaysOfAFailureIsToldWithIt() {
    ActionData action = ActionData.of(Map.of("action", "print"), "tab1");
    events.begins(ActionData.of(Map.of(), "tab2"));
    Map<String, Object> told = Map.of("message", "ERROR_FAILED", "status", "?", "print_id", 7);
    assertEquals(
        FAILED,
        events.failed(
            action,
            Map.of("value", "old"),
            fault(new ActionFailedException("no paper", told, null))));

    assertEquals(1, seen.size(), "once, whoever tells it");
    assertEquals("tab1", seen.get(0).owner());
    assertEquals(
        Map.of(
            "status", "error",
            "message", "ERROR_FAILED",
            "print_id", 7,
            "result", "no paper",
            "action_args", action.asMap()),
        seen.get(0).data());
  }

  @Test
  void whatAnyDriverSaysOfAFailureGoesOverItsData() {
    driver.deviceType("scale");
    ActionData action = ActionData.of(Map.of("action", "tare"), "tab1");
    Map<String, Object> data = Map.of("value", 1.5, "unit", "kg", "result", 1.5);
    Map<String, Object> told = Map.of("value", 0, "most", List.of(6));
    ActionResult answer =
        events.failed(
            action, data, fault(new ActionFailedException("The tare is too heavy", told, null)));

    assertEquals(new ActionResult(ActionResult.Status.ERROR, "The tare is too heavy"), answer);
    assertEquals(1, seen.size());
    assertEquals(
        Map.of(
            "value",
            0,
            "unit",
            "kg",
            "most",
            List.of(6),
            "status",
            "error",
            "result",
            "The tare is too heavy",
            "action_args",
            action.asMap()),
        seen.get(0).data());
  }

  /** What the box makes of that when a driver throws it. */
  private HandlerFault fault(Exception thrown) {
    GuardedCall<Object> call =
        new DriverGuard(threads)
            .call(
                new CallName(Driver.class, "action", "till"),
                Duration.ofSeconds(10),
                () -> {
                  throw thrown;
                });
    return assertInstanceOf(
        HandlerFault.class,
        assertThrows(CompletionException.class, call.outcome()::join).getCause());
  }

  @Test
  void ofAJobThatAPrinterTookItTellsItself() {
    ActionData action = ActionData.of(Map.of("action", "print"), "tab1");
    events.begins(action);
    assertEquals("pending", events.succeeded(action, Map.of(), null).result());
    assertEquals(List.of(), seen);
  }
}
