package iotbox.box.odoo;

import iotbox.box.odoo.BoxSetup.Outcome;
import iotbox.box.odoo.OdooStatus.State;
import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.odoo.wire.OdooConnection;
import iotbox.box.odoo.wire.OdooException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the server that the box belongs to informed of it and its devices, and tells the other
 * parts how that goes: one look after the other, each of which arranges the next.
 *
 * <p>Used on the lane's thread of {@link OdooLink}, but for what says otherwise.
 */
final class Upkeep {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  private final KeptPairing kept;
  private final HandlerSync handlers;
  private final Pace pace;
  private final BackOff backOff;
  private final Gathering gathering;
  private final Lane lane;
  private final List<LinkListener> listeners = new CopyOnWriteArrayList<>();

  // Written on the lane's thread only, read by others; the status also by those who begin.
  private volatile Paired paired;
  private volatile OdooStatus status = OdooStatus.UNPAIRED;

  Upkeep(KeptPairing kept, HandlerSync handlers, Pace pace, Lane lane) {
    this.kept = kept;
    this.handlers = handlers;
    this.pace = pace;
    this.backOff = new BackOff(pace.retryFirst(), pace.retryLongest());
    this.gathering = new Gathering(pace.settle());
    this.lane = lane;
  }

  /** Tells this part how the box stands with Odoo from now on; on any thread. */
  void tell(LinkListener listener) {
    listeners.add(listener);
  }

  /** Whom the box belongs to; {@code null} for nobody. On any thread. */
  Paired paired() {
    return paired;
  }

  /** Finding out whom the box belongs to takes a moment, in which this is shown; on any thread. */
  void announce(OdooStatus coming) {
    status = coming;
  }

  /** How the box stands with Odoo now; on any thread. */
  OdooStatus status() {
    OdooStatus now = status;
    Paired present = paired;
    if (now.state() != State.CONNECTED || present == null) {
      return now;
    }
    String detail =
        Stream.of(Optional.ofNullable(present.setup().detail()), handlers.detail(), kept.trouble())
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" "));
    return now.with(State.CONNECTED, detail.isEmpty() ? null : detail);
  }

  /** The box belongs to this server now, which is still to hear of it. */
  void begin(Paired wanted) {
    enter(wanted);
    lane.later(Duration.ZERO, this::step);
  }

  /** The box belongs to this server now, which has accepted it already. */
  void adopt(Paired accepted) {
    enter(accepted);
    connected();
  }

  /**
   * The box belongs to nobody now.
   *
   * @throws IOException if it will belong to its former server again after a restart
   */
  void end() throws IOException {
    try {
      kept.forget();
    } catch (IOException e) {
      LOG.error("The stored pairing cannot be deleted: {}", e.toString());
      throw e;
    } finally {
      hangUp();
      lane.cancel();
      paired = null;
      handlers.unpaired();
      nobody();
      LOG.info("Unpaired");
    }
  }

  /** The box belongs to nobody, as it did before. */
  void nobody() {
    status = OdooStatus.UNPAIRED;
    listeners.forEach(LinkListener::unpaired);
  }

  /** Somebody believes that the server is there again. */
  void retryNow() {
    if (status.state() != State.CONNECTED) {
      backOff.reset();
      lane.later(Duration.ZERO, this::step);
    }
  }

  /** Tells everything anew. */
  void restart() {
    if (paired != null) {
      LOG.info("Everything is told to Odoo anew, as was asked for");
      listeners.forEach(LinkListener::parted);
      paired.setup().forget();
      backOff.reset();
      lane.later(Duration.ZERO, this::step);
    }
  }

  /** The devices are not what they were. */
  void devicesChanged() {
    if (status.state() == State.CONNECTED) {
      lane.later(gathering.changed(System.nanoTime()), this::step);
    }
  }

  /** Whether the server is still there is in doubt. */
  void doubt() {
    if (status.state() == State.CONNECTED) {
      paired.setup().doubt();
      lane.later(Duration.ZERO, this::step);
    }
  }

  /** Ends the call that runs, if one does; on any thread. */
  void hangUp() {
    Paired present = paired;
    if (present != null) {
      present.server().close();
    }
  }

  private void enter(Paired wanted) {
    hangUp();
    listeners.forEach(LinkListener::parted);
    backOff.reset();
    paired = wanted;
    Pairing pairing = wanted.pairing();
    status = OdooStatus.connecting(pairing.url());
    LOG.info("Paired with {}", pairing.url());
    handlers.pairedWith(pairing, wanted.server(), wanted.setup()::line);
    listeners.forEach(listener -> listener.pairedWith(pairing, wanted.server()));
  }

  /** One look at what Odoo should be told; arranges the next one. */
  private void step() {
    Paired present = paired;
    long begun = System.nanoTime();
    gathering.told();
    try {
      Outcome outcome = present.setup().sync();
      if (present.server().closed()) {
        return;
      }
      backOff.reset();
      switch (outcome) {
        case UNCHANGED -> {
          kept.keep(present.pairing()); // If it could not be kept before.
          lane.later(pace.watch(), this::step);
        }
        case ACCEPTED -> connected();
        case UPGRADED -> {
          connected();
          handlers.fetch(true);
        }
        case REFUSED -> refused();
      }
    } catch (OdooException e) {
      if (!present.server().closed()) {
        lost(present.pairing().withoutSecrets(e.getMessage()), begun);
      }
    } catch (RuntimeException e) {
      LOG.error("The link with Odoo failed for an unexpected reason", e);
      lost("The box failed to speak with Odoo; its log says why.", begun);
    }
  }

  private void connected() {
    kept.keep(paired.pairing());
    boolean before = status.state() == State.CONNECTED;
    status = status.synced(Instant.now());
    if (!before) {
      LOG.info("Connected with {}", status.url());
      handlers.fetch(true);
    }
    OdooConnection connection = paired.setup().connection();
    listeners.forEach(listener -> listener.connected(connection));
    lane.later(pace.watch(), this::step);
  }

  private void refused() {
    listeners.forEach(LinkListener::parted);
    show(State.REFUSED, OdooStatus.TOKEN_NOT_ACCEPTED);
    lane.later(pace.refused(), this::step);
  }

  private void lost(String why, long begunNanos) {
    paired.setup().forget();
    listeners.forEach(LinkListener::lost);
    // A returning server must know the box before it is asked for handlers.
    handlers.rest();
    show(State.UNREACHABLE, why);
    // Counted from the attempt's begin, or waiting for an answer in vain would add to the pause.
    Duration pause = backOff.next().minusNanos(System.nanoTime() - begunNanos);
    lane.later(pause.compareTo(pace.retryFirst()) < 0 ? pace.retryFirst() : pause, this::step);
  }

  private void show(State state, String why) {
    if (status.state() != state || !Objects.equals(status.detail(), why)) {
      LOG.warn("{}: {}", state.word(), why);
    }
    status = status.with(state, why);
  }
}
