package iotbox.box.detection;

import iotbox.box.device.DeviceManager;
import iotbox.box.device.Source;
import iotbox.box.guard.CallName;
import iotbox.box.guard.DriverGuard;
import iotbox.box.guard.GuardedCall;
import iotbox.box.guard.HandlerFaults;
import iotbox.box.guard.HandlerStall;
import iotbox.box.guard.NotCalled;
import iotbox.box.guard.Trouble;
import iotbox.box.tally.Durations;
import iotbox.handler.Device;
import iotbox.handler.Interface;
import iotbox.loader.InterfaceType;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one interface for its devices, again and again. An interface that throws is asked again
 * after a growing pause; one that hangs is interrupted and replaced by a new instance, unless too
 * many of its calls hang already.
 *
 * <p>The lock {@code this} guards its state, and is held while the manager is told, so that nothing
 * is told after {@link #stop()}. (The manager's lock is taken inside it, never the other way
 * round.)
 */
final class DetectionLoop {
  private static final Logger LOG = LoggerFactory.getLogger(DetectionLoop.class);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
  private static final Duration RETURN_PATIENCE = Duration.ofSeconds(2);

  private final InterfaceType type;
  private final Source source;
  private final DriverGuard guard;
  private final HandlerFaults faults;
  private final DeviceManager manager;
  private final Durations rounds;
  private Interface instance;
  private InterfaceStatus.State state = InterfaceStatus.State.STARTING;
  private Instant lastDetection;
  private int devices;
  private Trouble trouble;
  private boolean stopped;

  /** Calls off the next question. */
  private Runnable next;

  private GuardedCall<Round> asking;

  /** Set by {@link #stop()}; completes when the interface is closed. */
  private CompletableFuture<Void> stopping;

  private boolean released;

  /** What one round brought: the devices, and when to ask again ({@code null}: never). */
  private record Round(Interface instance, Map<String, Device> devices, Duration pause) {}

  DetectionLoop(
      InterfaceType type,
      DriverGuard guard,
      HandlerFaults faults,
      DeviceManager manager,
      Durations rounds) {
    this.type = type;
    this.source = new Source(type.className(), type.connectionType());
    this.guard = guard;
    this.faults = faults;
    this.manager = manager;
    this.rounds = rounds;
  }

  Source source() {
    return source;
  }

  InterfaceType type() {
    return type;
  }

  synchronized InterfaceStatus status() {
    return new InterfaceStatus(
        type.className(),
        type.connectionType(),
        state,
        lastDetection,
        devices,
        trouble == null ? null : trouble.sentence("It is asked again"),
        trouble);
  }

  synchronized void ask() {
    if (stopping != null) {
      return;
    }
    CallName call = new CallName(type.type(), "getDevices");
    String objection = guard.objection(call);
    if (objection != null) {
      troubled(new NotCalled(objection, null));
      return;
    }
    Interface known = instance;
    asking = guard.call(call, guard.times(type.type()).getDevices(), () -> round(known));
    long start = System.nanoTime();
    asking
        .outcome()
        .whenComplete(
            (round, failure) -> {
              rounds.add(type.className(), outcome(failure), System.nanoTime() - start);
              answered(round, failure);
            });
  }

  private static String outcome(Throwable failure) {
    if (failure == null) {
      return "success";
    }
    return failure instanceof HandlerStall ? "stalled" : "error";
  }

  /** On the guard's thread: even the map that comes back is foreign until it is copied. */
  private Round round(Interface known) throws Exception {
    Interface listing = known == null ? type.factory().call() : known;
    Map<?, ?> found = listing.getDevices();
    if (found == null) {
      throw new IllegalStateException("getDevices() returned null; return an empty map instead");
    }
    Map<String, Device> copy = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : found.entrySet()) {
      if (!(entry.getKey() instanceof String identifier)
          || identifier.isEmpty()
          || !(entry.getValue() instanceof Device device)) {
        throw new IllegalStateException(
            "getDevices() must map a non-empty String to a Device, not "
                + entry.getKey()
                + " to "
                + entry.getValue());
      }
      copy.put(identifier, device);
    }
    Duration delay = listing.loopDelay();
    return new Round(listing, copy, delay == null || delay.isZero() ? null : delay);
  }

  private synchronized void answered(Round round, Throwable failure) {
    if (stopping != null) {
      if (round != null && released) {
        close(round.instance); // Late: nobody waits for it any more.
      } else if (round != null) {
        instance = round.instance;
      }
      return;
    }
    if (failure == null) {
      instance = round.instance;
      state = InterfaceStatus.State.RUNNING;
      trouble = null;
      lastDetection = guard.alarm().now();
      devices = round.devices.size();
      faults.succeeded(type.type(), "getDevices");
      manager.detected(source, round.devices);
      if (round.pause != null) {
        askAfter(round.pause.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : round.pause);
      }
      return;
    }
    if (failure instanceof HandlerStall) {
      instance = null; // It may never come back; the next round gets a new one.
    }
    faults.failed(type.type(), "getDevices", failure);
    LOG.warn("{}", failure.getMessage(), failure.getCause());
    troubled(failure);
  }

  private void troubled(Throwable fault) {
    Instant now = guard.alarm().now();
    trouble = Trouble.after(trouble, fault, now, guard.pace().retry());
    state =
        trouble.quarantined()
            ? InterfaceStatus.State.QUARANTINED
            : trouble.stalled() ? InterfaceStatus.State.STALLED : InterfaceStatus.State.FAILED;
    askAfter(trouble.pause(now));
  }

  /** Has it asked at once, as a person wants; without effect while it is being asked. */
  synchronized void retry() {
    if (stopping == null && (asking == null || asking.outcome().isDone())) {
      if (next != null) {
        next.run();
      }
      trouble = null;
      ask();
    }
  }

  private void askAfter(Duration pause) {
    next = guard.alarm().in(pause, this::ask);
  }

  /**
   * Nothing is asked or told any more; a question that is on its way is interrupted, then the
   * interface is closed. Completes when that is done or its time is up; never fails, does not
   * block, and may be called again.
   */
  synchronized CompletableFuture<Void> stop() {
    if (stopping != null) {
      return stopping;
    }
    if (next != null) {
      next.run();
    }
    CompletableFuture<Void> returned = CompletableFuture.completedFuture(null);
    if (asking != null) {
      asking.interrupt();
      returned = guard.alarm().atMost(RETURN_PATIENCE, asking.ended());
    }
    stopping = new CompletableFuture<>();
    returned.thenCompose(back -> release()).thenRun(() -> stopping.complete(null));
    return stopping;
  }

  private synchronized CompletableFuture<Void> release() {
    released = true;
    return instance == null ? CompletableFuture.completedFuture(null) : close(instance);
  }

  private CompletableFuture<Void> close(Interface listing) {
    return guard
        .call(
            new CallName(type.type(), "close"),
            guard.times(type.type()).disconnect(),
            () -> {
              listing.close();
              return null;
            })
        .outcome()
        .handle(
            (nothing, failure) -> {
              if (failure != null) {
                LOG.warn("{}", failure.getMessage(), failure.getCause());
              }
              return null;
            });
  }
}
