package iotbox.box.device;

import iotbox.box.device.choice.Candidates;
import iotbox.box.device.choice.Doubt;
import iotbox.box.device.open.OpenDevice;
import iotbox.box.device.status.Declined;
import iotbox.box.guard.Trouble;
import iotbox.handler.Device;
import iotbox.loader.DriverType;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What the {@link DeviceManager} knows about one identifier; guarded by the manager's lock.
 *
 * <p>A slot is always in one phase, and leaves {@code PROBING} and {@code CLOSING} only when the
 * calls into handlers that belong to it have come back. So the same port is never asked, opened and
 * closed at the same time.
 */
final class DeviceSlot {
  private static final Set<String> EXCLUSIVE = Set.of("serial");

  enum Phase {
    /** Nobody has it; a driver may be looked for. */
    FREE,
    PROBING,
    OPEN,
    CLOSING
  }

  final String identifier;
  Source source;
  Device device;
  boolean present = true;
  Phase phase = Phase.FREE;
  OpenDevice open;

  /** The drivers that were asked and declined or failed, since the last time anything changed. */
  List<Declined> declined = List.of();

  /** Why its driver has it, in a sentence; {@code null} while none has. */
  String chosen;

  /** What else is wrong with it. */
  String fault;

  /** Why no driver has it although one wanted to, or might have; {@code null} if none did. */
  Trouble trouble;

  /** About drivers that go before the one that has it; they are asked again. */
  Doubt doubt = Doubt.NONE;

  /** How often in a row they could not say; {@code null} if there is no doubt. */
  Trouble unsaid;

  /** Whether it was taken from its driver because of a doubt already, which happens once. */
  boolean handedOver;

  /** Who is asked the next time; empty for everybody. */
  List<DriverType> candidates = List.of();

  /** Completes when the drivers that are asked while it is open have answered. */
  CompletableFuture<Void> offered = CompletableFuture.completedFuture(null);

  /** How often nobody wanted it; the pauses between two askings grow with it. */
  int fruitless;

  /** Calls off the next asking; {@code null} if there is none to come. */
  Runnable retry;

  /** When that is. */
  Instant next;

  /** Why nobody is asked; {@code null} if somebody is. It has no drivers, which could be gone. */
  Candidates nobody;

  /** Whether its driver has it without having been asked. */
  boolean pinned;

  /**
   * What the drivers that are being asked are asked for; another one as soon as their answers are
   * of no use any more. Read without the lock.
   */
  volatile Object asking;

  /**
   * The change of the handlers because of which it is about to be opened; {@code null} if it is
   * opened for another reason.
   */
  TouchedDevices touched;

  /** Whether it is free only until the drivers that are being replaced are there again. */
  boolean waits;

  private CompletableFuture<Void> resting = CompletableFuture.completedFuture(null);

  DeviceSlot(String identifier, Source source, Device device) {
    this.identifier = identifier;
    this.source = source;
    this.device = device;
  }

  /** Whether whoever wants to know what it is must have it alone. */
  boolean isExclusive() {
    return EXCLUSIVE.contains(source.connectionType());
  }

  /** Whatever went wrong with it, it starts over. */
  void forgive() {
    trouble = null;
    fruitless = 0;
    doubt = Doubt.NONE;
    unsaid = null;
    handedOver = false;
  }

  /** Completes when the calls into handlers that go on now have come back, or their time is up. */
  CompletableFuture<Void> resting() {
    if (resting.isDone()) {
      resting = new CompletableFuture<>();
    }
    return resting;
  }

  /** The calls have come back. */
  void rest() {
    resting.complete(null);
  }
}
