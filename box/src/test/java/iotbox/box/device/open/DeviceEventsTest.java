package iotbox.box.device.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.event.Event;
import iotbox.box.event.EventHub;
import iotbox.box.thread.BoxThreads;
import iotbox.handler.ActionData;
import iotbox.handler.Device;
import iotbox.handler.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** For whom a driver's own events are, and until when they get out. */
class DeviceEventsTest {
  private static final ActionResult.Status OK = ActionResult.Status.SUCCESS;
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
  void aRefusalOfAPrinterIsOfTheActionThatItCarriesOut() {
    ActionData action = ActionData.of(Map.of("action", "print"), "tab1");
    events.begins(action);
    driver.data().put("owner", "another");
    driver.data().put("iotbox_refused", true);
    driver.deviceChanged();
    assertEquals(FAILED, events.ended(action, Map.of(), FAILED));
    driver.deviceChanged();

    assertEquals(1, seen.size(), "once, whoever tells it");
    assertEquals("tab1", seen.get(0).owner());
    assertSame(action.asMap(), seen.get(0).data().get("action_args"));
    assertFalse(seen.get(0).data().containsKey("iotbox_refused"));
  }

  @Test
  void aFailureOfWhichAPrinterTellsNothingIsToldByTheBox() {
    ActionData action = ActionData.of(Map.of("action", "print"), "tab1");
    events.begins(action);
    assertEquals(FAILED, events.ended(action, Map.of("value", "old"), FAILED));

    assertEquals(1, seen.size());
    assertEquals("tab1", seen.get(0).owner());
    assertEquals(
        Map.of(
            "status", "error",
            "message", "no paper",
            "result", "no paper",
            "action_args", action.asMap()),
        seen.get(0).data());
  }

  @Test
  void ofAJobThatAPrinterTookItTellsItself() {
    ActionData action = ActionData.of(Map.of("action", "print"), "tab1");
    events.begins(action);
    assertEquals("pending", events.ended(action, Map.of(), new ActionResult(OK, null)).result());
    assertEquals(List.of(), seen);
  }
}
