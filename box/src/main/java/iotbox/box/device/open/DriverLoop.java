package iotbox.box.device.open;

import iotbox.box.device.status.DeviceStatus;
import iotbox.box.guard.CallName;
import iotbox.box.guard.DriverGuard;
import iotbox.box.guard.GuardedCall;
import iotbox.box.guard.HandlerFaults;
import iotbox.box.guard.HandlerStall;
import iotbox.box.guard.Trouble;
import iotbox.handler.Driver;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop of one driver: {@code run()}. If it dies of an exception it is started again after a
 * pause, which grows while it keeps dying; if it returns it is done.
 *
 * <p>One lock, {@code this}, guards the fields and what the file's faults say of {@code run()}, so
 * that whoever sees the state finds the fault; no foreign code runs under it, and nothing is logged
 * unless the system has no thread left.
 */
final class DriverLoop {
  private static final Logger LOG = LoggerFactory.getLogger(DriverLoop.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Driver driver;
  private final DriverGuard guard;
  private final HandlerFaults faults;
  private final Runnable changed;
  private GuardedCall<Void> call;
  private boolean stopped;

  /**
   * Calls off the start after a death, or the moment from which the deaths are forgotten; {@code
   * null} if there was none of either.
   */
  private Runnable planned;

  /** Deaths in a row. */
  private Trouble trouble;

  private boolean running;
  private int starts;

  DriverLoop(Driver driver, DriverGuard guard, HandlerFaults faults, Runnable changed) {
    this.driver = driver;
    this.guard = guard;
    this.faults = faults;
    this.changed = changed;
  }

  /** Starts it, on a thread of its own. */
  synchronized void start() {
    if (stopped || running) {
      return;
    }
    running = true;
    int start = ++starts;
    if (trouble != null) {
      plan(guard.pace().well(), () -> ranWell(start));
    }
    call =
        guard.endless(
            new CallName(driver.getClass(), "run", driver.identifier()),
            () -> {
              driver.run();
              return null;
            },
            (nothing, failure) -> ended(failure));
  }

  private void ended(Throwable failure) {
    synchronized (this) {
      running = false;
      if (planned != null) {
        planned.run();
      }
      if (stopped) {
        return;
      }
      if (failure == null) {
        succeeded();
      } else {
        Instant now = guard.alarm().now();
        faults.failed(driver.getClass(), "run", failure);
        trouble = Trouble.after(trouble, failure, now, guard.pace().restart());
        plan(trouble.pause(now), this::restart);
      }
    }
    if (failure != null) {
      LOG.warn("{}: {}", driver.identifier(), failure.getMessage(), failure.getCause());
    }
    changed.run();
  }

  private void restart() {
    start();
    changed.run();
  }

  private void ranWell(int start) {
    synchronized (this) {
      if (starts != start || !running) {
        return;
      }
      succeeded();
    }
    changed.run();
  }

  private void succeeded() {
    trouble = null;
    faults.succeeded(driver.getClass(), "run");
  }

  private void plan(Duration pause, Runnable step) {
    planned = guard.alarm().in(pause, step);
  }

  /** Starts it at once if it waits for that, and forgets how often it died. */
  void retry() {
    synchronized (this) {
      if (trouble == null || running) {
        return;
      }
      planned.run();
      trouble = null;
      start();
    }
    changed.run();
  }

  /** How the device is doing as far as its loop tells. */
  synchronized Condition condition() {
    if (trouble == null) {
      return Condition.WELL;
    }
    if (running) {
      return new Condition(
          DeviceStatus.State.CONNECTED, trouble.pastSentence("It was started again"), trouble);
    }
    return new Condition(
        trouble.quarantined() ? DeviceStatus.State.QUARANTINED : DeviceStatus.State.FAILED,
        trouble.sentence("It is started again"),
        trouble);
  }

  /** Has it end: completes when it has, or has had the time for it. Does not block, never fails. */
  CompletableFuture<Void> stop() {
    GuardedCall<Void> last;
    synchronized (this) {
      stopped = true;
      if (planned != null) {
        planned.run();
      }
      last = call;
    }
    if (last == null) {
      return CompletableFuture.completedFuture(null);
    }
    last.interrupt();
    return guard.alarm().atMost(PATIENCE, last.ended()).thenRun(() -> leave(last));
  }

  /** It is not waited for any longer; should it go on, its file says so until it ends. */
  private void leave(GuardedCall<Void> last) {
    if (last.ended().isDone()) {
      return;
    }
    HandlerStall stall = guard.giveUp(last, PATIENCE);
    LOG.warn("{} was closed, but {}", driver.identifier(), stall.getMessage());
    faults.failed(driver.getClass(), "run", stall);
    last.ended().thenRun(() -> faults.succeeded(driver.getClass(), "run"));
  }
}
