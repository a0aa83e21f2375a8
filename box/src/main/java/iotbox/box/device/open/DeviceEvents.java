package iotbox.box.device.open;

import iotbox.box.event.EventHub;
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

  /** What was asked for: the same object as that of the action. */
  private static final String ACTION = "action_args";

  /**
   * One of these says so that it tells why it cannot take the action which it is carrying out. No
   * name that a driver may have for something of its own.
   */
  private static final String REFUSED = "iotbox_refused";

  private final Driver driver;
  private final EventHub events;
  private volatile boolean stopped;
  private volatile boolean closed;
  private volatile String owner;

  /** What is carried out just now, unless its failure was told already. */
  private volatile ActionData untold;

  DeviceEvents(Driver driver, EventHub events) {
    this.driver = driver;
    this.events = events;
  }

  @Override
  public void deviceChanged(Map<String, Object> data) {
    if (data.containsKey(REFUSED)) {
      driverRefused(data);
    } else if (data.containsKey(OWNER)) {
      // Of one of several jobs, which is not that of the last action.
      publish(data.get(OWNER) instanceof String session ? session : null, data);
    } else {
      publish(owner, data);
    }
  }

  /** One that comes too late has been told of already. */
  private void driverRefused(Map<String, Object> data) {
    ActionData action = untold;
    untold = null;
    if (action != null) {
      Map<String, Object> told = new LinkedHashMap<>(data);
      told.remove(REFUSED);
      told.put(ACTION, action.asMap());
      publish(action.sessionId(), told);
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
    untold = action;
    if (action.sessionId() != null) {
      owner = action.sessionId();
    }
  }

  /**
   * An action has ended.
   *
   * @param data the driver's at that moment
   * @return the answer for whoever asked
   */
  ActionResult ended(ActionData action, Map<String, Object> data, ActionResult result) {
    boolean silent = untold == action;
    untold = null;
    if (tellsItself()) {
      if (result.status() == ActionResult.Status.SUCCESS) {
        return new ActionResult(ActionResult.Status.SUCCESS, "pending");
      }
      if (silent) {
        refused(action, result);
      }
      return result;
    }
    Map<String, Object> told = event(action, data, result);
    publish(action.sessionId(), told);
    return new ActionResult(result.status(), told.get("result"));
  }

  /**
   * An action has failed, or had to wait and is not carried out after all. Its caller may know no
   * other way to hear of it, so this is told by the box for printers and payment terminals too, and
   * also when the device is gone.
   */
  void refused(ActionData action, ActionResult result) {
    Map<String, Object> told = event(action, Map.of(), result);
    if (tellsItself() && result.result() != null) {
      told.put("message", result.result()); // Where those look who wait for such a device.
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
    told.put(ACTION, action.asMap());
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
