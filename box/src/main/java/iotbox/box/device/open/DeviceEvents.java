package iotbox.box.device.open;

import iotbox.box.event.EventHub;
import iotbox.box.guard.HandlerFault;
import iotbox.handler.ActionData;
import iotbox.handler.Driver;
import iotbox.handler.DriverHost;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Turns what one open device tells into events: what its driver publishes by itself, and how its
 * actions end. Safe for all threads; nothing here blocks.
 */
final class DeviceEvents implements DriverHost {
  /** Their drivers publish how a job went by themselves (protocol section 3). */
  private static final Set<String> OWN_EVENTS = Set.of("printer", "payment");

  /** A driver that has several jobs at once says in its data whose one it tells of. */
  private static final String OWNER = "owner";

  private final Driver driver;
  private final EventHub events;
  private volatile boolean stopped;
  private volatile boolean closed;
  private volatile String owner;

  DeviceEvents(Driver driver, EventHub events) {
    this.driver = driver;
    this.events = events;
  }

  @Override
  public void deviceChanged(Map<String, Object> data) {
    if (data.containsKey(OWNER)) {
      // Of one of several jobs, which is not that of the last action.
      publish(data.get(OWNER) instanceof String session ? session : null, data);
    } else {
      publish(owner, data);
    }
  }

  @Override
  public boolean isStopped() {
    return stopped;
  }

  /** The driver's loop should end. What it tells while it is disconnected still gets out. */
  void stop() {
    stopped = true;
  }

  /** From now on nothing of the driver gets out. */
  void close() {
    closed = true;
  }

  /**
   * This action is carried out from now on: what the driver tells by itself is told to its session,
   * also afterwards, as a payment terminal answers long after the action that began the payment.
   */
  void begins(ActionData action) {
    if (action.sessionId() != null) {
      owner = action.sessionId();
    }
  }

  /**
   * An action was carried out.
   *
   * @param data the driver's at that moment
   * @param result what it returned
   * @return the answer for whoever asked
   */
  ActionResult succeeded(ActionData action, Map<String, Object> data, Object result) {
    return tellsItself()
        ? new ActionResult(ActionResult.Status.SUCCESS, "pending")
        : ended(action, data, new ActionResult(ActionResult.Status.SUCCESS, result));
  }

  /**
   * An action failed in the driver. Its caller may know no other way to hear of it, so this is told
   * by the box for printers and payment terminals too.
   *
   * @param data the driver's at that moment
   * @return the answer for whoever asked
   */
  ActionResult failed(ActionData action, Map<String, Object> data, HandlerFault fault) {
    ActionResult error = new ActionResult(ActionResult.Status.ERROR, fault.reason());
    if (tellsItself()) {
      refused(action, fault.told(), error);
      return error;
    }
    Map<String, Object> all = new LinkedHashMap<>(data);
    all.putAll(fault.told());
    return ended(action, all, error);
  }

  private ActionResult ended(ActionData action, Map<String, Object> data, ActionResult result) {
    Map<String, Object> told = event(action, data, result);
    publish(action.sessionId(), told);
    return new ActionResult(result.status(), told.get("result"));
  }

  /**
   * An action had to wait and is not carried out after all, which is told for any device, and also
   * when that is gone.
   */
  void refused(ActionData action, ActionResult result) {
    refused(action, Map.of(), result);
  }

  private void refused(ActionData action, Map<String, Object> data, ActionResult result) {
    Map<String, Object> told = event(action, data, result);
    if (tellsItself() && result.result() != null) {
      // Where those look who wait for such a device.
      told.putIfAbsent("message", result.result());
    }
    events.publish(driver.identifier(), driver.deviceType(), action.sessionId(), told);
  }

  private static Map<String, Object> event(
      ActionData action, Map<String, Object> data, ActionResult result) {
    Map<String, Object> told = new LinkedHashMap<>(data);
    told.put("status", result.status().word());
    if (result.result() != null) {
      told.put("result", result.result());
    }
    told.put("action_args", action.asMap()); // The same object as that of the action.
    return told;
  }

  private boolean tellsItself() {
    return OWN_EVENTS.contains(driver.deviceType());
  }

  private void publish(String session, Map<String, Object> data) {
    if (!closed) {
      events.publish(driver.identifier(), driver.deviceType(), session, data);
    }
  }
}
