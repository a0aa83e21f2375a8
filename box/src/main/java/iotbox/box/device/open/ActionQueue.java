package iotbox.box.device.open;

import iotbox.box.device.open.ActionResult.Status;
import iotbox.box.device.status.DeviceStatus;
import iotbox.box.guard.CallName;
import iotbox.box.guard.DriverGuard;
import iotbox.box.guard.GuardedCall;
import iotbox.box.guard.HandlerFault;
import iotbox.box.guard.HandlerStall;
import iotbox.box.guard.Trouble;
import iotbox.handler.ActionData;
import iotbox.handler.Driver;
import iotbox.handler.Values;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The actions of one open device, whoever sends them: one at a time, in order of arrival, and not
 * before the one before has really returned.
 *
 * <p>One lock, {@code this}, guards the fields; neither foreign code nor publishing happens under
 * it.
 */
final class ActionQueue {
  private static final Logger LOG = LoggerFactory.getLogger(ActionQueue.class);
  private static final int MOST_WAITING = 100;

  private final Driver driver;
  private final DriverGuard guard;
  private final DeviceEvents events;
  private final Runnable changed;
  private final Runnable deaf;
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private Waiting acting;

  /** That of {@code acting}. */
  private GuardedCall<Object> call;

  private boolean closed;

  /** Calls past their deadline, in a row. */
  private Trouble trouble;

  /** Whether {@code acting} is past its deadline. */
  private boolean stalled;

  private record Waiting(ActionData data, CompletableFuture<ActionResult> answer) {}

  /**
   * A queue without actions.
   *
   * @param changed is told when the status changed; must not block
   * @param deaf is told of an action that does not come back long after it was interrupted
   */
  ActionQueue(
      Driver driver, DriverGuard guard, DeviceEvents events, Runnable changed, Runnable deaf) {
    this.driver = driver;
    this.guard = guard;
    this.events = events;
    this.changed = changed;
    this.deaf = deaf;
  }

  /** Has the action carried out after those that wait already; does not block. */
  CompletableFuture<ActionResult> add(ActionData data) {
    Waiting action = new Waiting(data, new CompletableFuture<>());
    synchronized (this) {
      ActionResult refusal = refusal();
      if (refusal != null) {
        return CompletableFuture.completedFuture(refusal);
      }
      if (acting != null) {
        waiting.add(action);
        return action.answer;
      }
      acting = action;
    }
    begin(action);
    return action.answer;
  }

  private ActionResult refusal() {
    if (closed) {
      return ActionResult.refused(Status.DISCONNECTED, null);
    }
    if (stalled) {
      return ActionResult.refused(Status.ERROR, trouble.what());
    }
    if (isQuarantined()) {
      return ActionResult.refused(Status.ERROR, sentence());
    }
    if (waiting.size() >= MOST_WAITING) {
      return ActionResult.refused(
          Status.ERROR,
          driver.identifier() + " has " + MOST_WAITING + " actions waiting; try again later");
    }
    return null;
  }

  private boolean isQuarantined() {
    return trouble != null
        && trouble.quarantined()
        && guard.alarm().now().isBefore(trouble.retryAt());
  }

  private String sentence() {
    return stalled
        ? trouble.pastSentence("Actions are refused until it returns")
        : trouble.sentence("Actions are refused until it is tried again");
  }

  /** How the device is doing as far as its actions tell. */
  synchronized Condition condition() {
    if (stalled) {
      return new Condition(DeviceStatus.State.STALLED, sentence(), trouble);
    }
    return isQuarantined()
        ? new Condition(DeviceStatus.State.QUARANTINED, sentence(), trouble)
        : Condition.WELL;
  }

  /** Whether an action is past its deadline and has not come back. */
  synchronized boolean isStalled() {
    return stalled;
  }

  /** Whether there is no action at work or waiting. */
  synchronized boolean isIdle() {
    return acting == null;
  }

  /** Ends a quarantine, as somebody wants to try. */
  synchronized void forgive() {
    if (!stalled) {
      trouble = null;
    }
  }

  private void begin(Waiting action) {
    events.begins(action.data);
    String name = action.data.action();
    Duration deadline = guard.times(driver.getClass()).action(name);
    // Stays empty if the driver hangs: whatever holds it may hold its data's lock, too.
    AtomicReference<Map<String, Object>> data = new AtomicReference<>(Map.of());
    GuardedCall<Object> begun =
        guard.call(
            new CallName(driver.getClass(), "action(" + name + ")", driver.identifier()),
            deadline,
            () -> {
              try {
                return Values.copyOf(driver.action(action.data));
              } finally {
                data.set(driver.snapshot());
              }
            });
    synchronized (this) {
      call = begun;
    }
    begun
        .outcome()
        .whenComplete((result, failure) -> finish(action, begun, data.get(), result, failure));
    begun.ended().thenRun(this::next);
  }

  private void finish(
      Waiting action,
      GuardedCall<Object> call,
      Map<String, Object> data,
      Object result,
      Throwable failure) {
    if (failure instanceof HandlerStall stall) {
      stall(action, call, stall);
    } else {
      synchronized (this) {
        trouble = null;
      }
    }
    ActionResult answer;
    if (failure instanceof HandlerFault fault) {
      LOG.warn("{}: {}", driver.identifier(), fault.getMessage(), fault.getCause());
      answer = events.failed(action.data, data, fault);
    } else {
      answer = events.succeeded(action.data, data, result);
    }
    action.answer.complete(answer);
  }

  /** On the timer's thread, perhaps at the same moment as the call comes back after all. */
  private void stall(Waiting action, GuardedCall<Object> call, HandlerStall stall) {
    synchronized (this) {
      trouble = Trouble.after(trouble, stall, guard.alarm().now(), guard.pace().retry());
      stalled = acting == action && !call.ended().isDone();
      if (stalled) {
        guard.alarm().in(guard.pace().deaf(), () -> stillStalled(action));
      }
    }
    refuseWaiting(Status.ERROR, stall.getMessage());
    changed.run();
  }

  private void stillStalled(Waiting action) {
    synchronized (this) {
      if (!stalled || acting != action) {
        return;
      }
    }
    deaf.run();
  }

  /** The action has returned. */
  private void next() {
    Waiting action;
    boolean recovered;
    synchronized (this) {
      recovered = stalled;
      stalled = false;
      action = waiting.poll();
      acting = action;
    }
    if (recovered) {
      changed.run();
    }
    if (action != null) {
      begin(action);
    }
  }

  private void refuseWaiting(Status status, String reason) {
    List<Waiting> refused;
    synchronized (this) {
      refused = List.copyOf(waiting);
      waiting.clear();
    }
    for (Waiting action : refused) {
      ActionResult refusal = ActionResult.refused(status, reason);
      events.refused(action.data, refusal);
      action.answer.complete(refusal);
    }
  }

  /** Refuses what waits and what comes. */
  void close() {
    synchronized (this) {
      closed = true;
    }
    refuseWaiting(Status.DISCONNECTED, null);
  }

  /** Asks an action that goes on although the driver was disconnected to end. */
  void interrupt() {
    GuardedCall<Object> last;
    synchronized (this) {
      last = call;
    }
    if (last != null) {
      last.interrupt();
    }
  }
}
