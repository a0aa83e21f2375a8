package iotbox.box.device.open;

import iotbox.box.device.status.ActionForm;
import iotbox.box.event.EventHub;
import iotbox.box.guard.CallName;
import iotbox.box.guard.DriverGuard;
import iotbox.box.guard.HandlerFaults;
import iotbox.handler.ActionData;
import iotbox.handler.Driver;
import iotbox.loader.DriverType;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A device that a driver has: the driver's loop, its actions, its events, and its end. */
public final class OpenDevice {
  private static final Logger LOG = LoggerFactory.getLogger(OpenDevice.class);

  private final DriverType type;
  private final Driver driver;
  private final Set<String> actions;
  private final List<ActionForm> actionForms;
  private final DriverGuard guard;
  private final HandlerFaults faults;
  private final DeviceEvents events;
  private final ActionQueue queue;
  private final DriverLoop loop;

  /**
   * A device that is not at work yet.
   *
   * @param changed is told when the status changed; must not block
   * @param deaf is told when this can only be helped by being opened anew
   */
  public OpenDevice(
      DriverType type,
      Driver driver,
      Set<String> actions,
      DriverGuard guard,
      HandlerFaults faults,
      EventHub hub,
      Runnable changed,
      Consumer<OpenDevice> deaf) {
    this.type = type;
    this.driver = driver;
    this.actions = actions;
    this.actionForms = ActionForm.of(actions, type.parameters());
    this.guard = guard;
    this.faults = faults;
    this.events = new DeviceEvents(driver, hub);
    this.queue = new ActionQueue(driver, guard, events, changed, () -> deaf.accept(this));
    this.loop = new DriverLoop(driver, guard, faults, changed);
  }

  /** Lets the driver's events through and starts its loop. */
  public void start() {
    driver.attach(events);
    loop.start();
  }

  public DriverType type() {
    return type;
  }

  public Driver driver() {
    return driver;
  }

  public Set<String> actions() {
    return actions;
  }

  public List<ActionForm> actionForms() {
    return actionForms;
  }

  /** How it is doing. */
  public Condition condition() {
    Condition actions = queue.condition();
    return actions == Condition.WELL ? loop.condition() : actions;
  }

  /** Has the action carried out after those that wait already; does not block. */
  CompletableFuture<ActionResult> action(ActionData data) {
    return queue.add(data);
  }

  /** Whether there is no action at work or waiting. */
  public boolean isIdle() {
    return queue.isIdle();
  }

  /** Whether it can only be helped by being opened anew. */
  public boolean isStalled() {
    return queue.isStalled();
  }

  /** Somebody wants it to be tried again at once. */
  public void retry() {
    queue.forgive();
    loop.retry();
  }

  /**
   * Ends the loop, then disconnects the driver, each within its time, and last interrupts an action
   * that goes on. Never fails; does not block.
   */
  public CompletableFuture<Void> close() {
    events.stop();
    queue.close();
    return loop.stop().thenCompose(ended -> disconnect());
  }

  private CompletableFuture<Void> disconnect() {
    CallName call = new CallName(type.type(), "disconnect", driver.identifier());
    return guard
        .call(
            call,
            guard.times(type.type()).disconnect(),
            () -> {
              driver.disconnect();
              return null;
            })
        .outcome()
        .handle(
            (nothing, failure) -> {
              events.close();
              queue.interrupt();
              if (failure == null) {
                faults.succeeded(call.handler(), call.method());
              } else {
                LOG.warn("{}: {}", driver.identifier(), failure.getMessage(), failure.getCause());
                faults.failed(call.handler(), call.method(), failure);
              }
              return null;
            });
  }
}
