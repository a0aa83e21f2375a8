package iotbox.box.device;

import iotbox.box.event.EventHub;
import iotbox.handler.ActionData;
import iotbox.handler.Driver;
import iotbox.handler.DriverHost;
import iotbox.handler.Values;
import iotbox.loader.DriverType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device that a driver has. Runs the driver's loop and its actions, one action at a time in order
 * of arrival, and turns what it publishes into events.
 *
 * <p>One lock, {@code waiting}, guards the queue of actions, {@code acting} and {@code stalled}; no
 * foreign code and no publishing happens under it.
 */
final class OpenDevice implements DriverHost {
  private static final Logger LOG = LoggerFactory.getLogger(OpenDevice.class);
  private static final int MAX_WAITING = 100;
  private static final Duration RUN_PATIENCE = Duration.ofSeconds(2);

  /** Their drivers publish how a job went by themselves (protocol section 3). */
  private static final Set<String> OWN_EVENTS = Set.of("printer", "payment");

  private final DriverType type;
  private final Driver driver;
  private final Set<String> actions;
  private final DriverGuard guard;
  private final HandlerFaults faults;
  private final EventHub events;
  private final Runnable changed;
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private boolean acting;
  private String stalled;
  private volatile boolean stopped;
  private volatile String owner;
  private volatile String fault;
  private GuardedCall<Void> loop;

  private record Waiting(ActionData data, CompletableFuture<ActionResult> answer) {}

  OpenDevice(
      DriverType type,
      Driver driver,
      Set<String> actions,
      DriverGuard guard,
      HandlerFaults faults,
      EventHub events,
      Runnable changed) {
    this.type = type;
    this.driver = driver;
    this.actions = actions;
    this.guard = guard;
    this.faults = faults;
    this.events = events;
    this.changed = changed;
  }

  /** Lets the driver's events through and starts its loop. */
  void start() {
    driver.attach(this);
    GuardedCall<Void> run =
        guard.endless(
            type.type(),
            "run",
            () -> {
              driver.run();
              return null;
            });
    loop = run;
    run.outcome().whenComplete((nothing, failure) -> loopEnded(failure));
  }

  private void loopEnded(Throwable failure) {
    if (failure != null && !stopped) {
      LOG.warn("{}: {}", driver.identifier(), failure.getMessage(), failure.getCause());
      fault = failure.getMessage();
      faults.failed(type.type(), "run", failure);
      changed.run();
    }
  }

  DriverType type() {
    return type;
  }

  Driver driver() {
    return driver;
  }

  Set<String> actions() {
    return actions;
  }

  /** What is wrong with it, or {@code null}. */
  String fault() {
    synchronized (waiting) {
      return stalled != null ? stalled : fault;
    }
  }

  boolean isStalled() {
    synchronized (waiting) {
      return stalled != null;
    }
  }

  @Override
  public void deviceChanged(Map<String, Object> data) {
    publish(data);
  }

  @Override
  public boolean isStopped() {
    return stopped;
  }

  /** Has the action carried out after those that wait already; does not block. */
  CompletableFuture<ActionResult> action(ActionData data) {
    CompletableFuture<ActionResult> answer = new CompletableFuture<>();
    synchronized (waiting) {
      if (stalled != null) {
        return completed(ActionResult.Status.ERROR, stalled);
      }
      if (waiting.size() >= MAX_WAITING) {
        return completed(
            ActionResult.Status.ERROR,
            driver.identifier() + " has " + MAX_WAITING + " actions waiting; try again later");
      }
      waiting.add(new Waiting(data, answer));
      if (acting) {
        return answer;
      }
      acting = true;
    }
    next();
    return answer;
  }

  private static CompletableFuture<ActionResult> completed(
      ActionResult.Status status, Object result) {
    return CompletableFuture.completedFuture(new ActionResult(status, result));
  }

  /** Takes the next action from the queue; only the holder of {@code acting} comes here. */
  private void next() {
    Waiting action;
    synchronized (waiting) {
      action = waiting.poll();
      if (action == null) {
        acting = false;
        return;
      }
    }
    if (action.data.sessionId() != null) {
      owner = action.data.sessionId();
    }
    // Stays empty if the driver hangs: whatever holds it may hold its data's lock, too.
    AtomicReference<Map<String, Object>> data = new AtomicReference<>(Map.of());
    GuardedCall<Object> call =
        guard.call(
            type.type(),
            "action(" + action.data.action() + ")",
            guard.times(type.type()).action(action.data.action()),
            () -> {
              try {
                return Values.copyOf(driver.action(action.data));
              } finally {
                data.set(driver.snapshot());
              }
            });
    call.outcome().whenComplete((result, failure) -> finish(action, data.get(), result, failure));
    // Not before it has really returned: a driver never sees two actions at once.
    call.ended().thenRun(this::resume);
  }

  private void resume() {
    boolean recovered;
    synchronized (waiting) {
      recovered = stalled != null;
      stalled = null;
    }
    if (recovered) {
      changed.run();
    }
    next();
  }

  private void finish(Waiting action, Map<String, Object> known, Object result, Throwable failure) {
    if (failure instanceof HandlerStall) {
      stall(failure.getMessage());
    }
    ActionResult outcome;
    if (failure instanceof HandlerFault fault) {
      LOG.warn("{}: {}", driver.identifier(), fault.getMessage(), fault.getCause());
      outcome = new ActionResult(ActionResult.Status.ERROR, fault.reason());
    } else {
      outcome = new ActionResult(ActionResult.Status.SUCCESS, result);
    }
    if (OWN_EVENTS.contains(driver.deviceType())) {
      if (failure == null) {
        outcome = new ActionResult(ActionResult.Status.SUCCESS, "pending");
      }
    } else {
      Map<String, Object> data = new LinkedHashMap<>(known);
      data.put("status", outcome.status().word());
      if (outcome.result() != null) {
        data.put("result", outcome.result());
      }
      data.put("action_args", action.data.asMap());
      publish(data);
      outcome = new ActionResult(outcome.status(), data.get("result"));
    }
    action.answer.complete(outcome);
  }

  private void stall(String message) {
    synchronized (waiting) {
      stalled = message;
    }
    refuseWaiting(ActionResult.Status.ERROR, message);
    changed.run();
  }

  private void refuseWaiting(ActionResult.Status status, String message) {
    Queue<Waiting> refused;
    synchronized (waiting) {
      refused = new ArrayDeque<>(waiting);
      waiting.clear();
    }
    refused.forEach(action -> action.answer.complete(new ActionResult(status, message)));
  }

  private void publish(Map<String, Object> data) {
    if (!stopped) {
      events.publish(driver.identifier(), driver.deviceType(), owner, data);
    }
  }

  /**
   * Ends the loop, then disconnects the driver; each within its time. Never fails; does not block.
   */
  CompletableFuture<Void> close() {
    stopped = true;
    refuseWaiting(ActionResult.Status.DISCONNECTED, null);
    loop.interrupt();
    return loop.ended()
        .copy()
        .completeOnTimeout(null, RUN_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .thenCompose(
            ended ->
                guard
                    .call(
                        type.type(),
                        "disconnect",
                        guard.times(type.type()).disconnect(),
                        () -> {
                          driver.disconnect();
                          return null;
                        })
                    .outcome())
        .handle(
            (nothing, failure) -> {
              if (failure != null) {
                LOG.warn("{}: {}", driver.identifier(), failure.getMessage());
              }
              return null;
            });
  }
}
