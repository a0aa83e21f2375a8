package iotbox.box.odoo;

import iotbox.box.device.DeviceStatus;
import iotbox.box.odoo.BoxSetup.Outcome;
import iotbox.box.odoo.OdooStatus.State;
import iotbox.box.thread.BoxThreads;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps Odoo informed of the box and its devices for as long as the box is paired, whatever the
 * network does. All work is done on one thread of its own, which an unreachable Odoo may block; the
 * public methods may be called on any thread and return at once.
 *
 * <p>The way is that of a real box: which version the server is, the box and its devices ({@code
 * /iot/setup}), the handlers, and the devices again whenever they change.
 */
public final class OdooLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OdooLink.class);
  private static final String REFUSED =
      "Odoo did not accept the token: it was used before, has expired, or the box was deleted"
          + " there. Copy a new token from Odoo (IoT app, Connect) and pair the box again.";

  private final CredentialStore store;
  private final BoxIdentity box;
  private final Supplier<List<DeviceStatus>> devices;
  private final OdooClient client;
  private final HandlerSync handlers;
  private final Pace pace;
  private final BackOff backOff;
  private final Gathering gathering;
  private final Lane lane;

  // Written on the lane's thread only, read by others; the status also by those who begin.
  private volatile Paired paired;
  private volatile OdooStatus status = OdooStatus.UNPAIRED;

  /** What lasts from one pairing to the next. */
  private record Paired(Pairing pairing, OdooServer server, BoxSetup setup) {}

  /**
   * @param devices gives all devices at any moment, on the link's thread
   * @param handlersInterval between two questions whether Odoo has newer handlers; zero: they are
   *     asked for when the box connects, and when somebody wants it
   */
  public OdooLink(
      CredentialStore store,
      BoxIdentity box,
      Supplier<List<DeviceStatus>> devices,
      HandlerInstaller installer,
      HandlerCache cache,
      OdooClient client,
      BoxThreads threads,
      Duration handlersInterval) {
    this(store, box, devices, installer, cache, client, threads, Pace.normal(handlersInterval));
  }

  OdooLink(
      CredentialStore store,
      BoxIdentity box,
      Supplier<List<DeviceStatus>> devices,
      HandlerInstaller installer,
      HandlerCache cache,
      OdooClient client,
      BoxThreads threads,
      Pace pace) {
    this.store = store;
    this.box = box;
    this.devices = devices;
    this.client = client;
    this.handlers = new HandlerSync(box, installer, cache, threads, pace, this::lookNow);
    this.pace = pace;
    this.backOff = new BackOff(pace.retryFirst(), pace.retryLongest());
    this.gathering = new Gathering(pace.settle());
    this.lane = new Lane(threads.single("odoo"));
  }

  /** Begins with the stored pairing, if there is one. */
  public void start() {
    if (paired == null && status == OdooStatus.UNPAIRED && store.isKept()) {
      // Reading it takes a moment, in which nobody should be told to pair the box.
      status = OdooStatus.connecting(null);
    }
    lane.run(
        () -> {
          if (paired == null) {
            store.load().ifPresentOrElse(this::begin, () -> status = OdooStatus.UNPAIRED);
          }
        });
  }

  /**
   * The box belongs to this database from now on, also after a restart. The same pairing as before
   * changes nothing, but is tried at once if Odoo was not connected.
   */
  public void pair(Pairing wanted) {
    Paired present = paired;
    if (present == null) {
      status = OdooStatus.connecting(wanted.url());
    } else if (!present.pairing().equals(wanted)) {
      present.server().close();
    }
    lane.run(() -> change(wanted));
  }

  /** The box belongs to nobody from now on; the handlers from Odoo are removed. */
  public void unpair() {
    hangUp();
    lane.run(this::end);
  }

  /** A person wants the handlers fetched now. */
  public void reloadHandlers() {
    handlers.fetch(false);
  }

  /** The devices are not what they were; Odoo is told within a second. */
  public void devicesChanged() {
    lane.run(
        () -> {
          if (status.state() == State.CONNECTED) {
            lane.later(gathering.changed(System.nanoTime()), this::step);
          }
        });
  }

  /** How the box stands with Odoo now. */
  public OdooStatus status() {
    OdooStatus now = status;
    Paired present = paired;
    if (now.state() != State.CONNECTED || present == null) {
      return now;
    }
    String detail =
        Stream.of(Optional.ofNullable(present.setup().detail()), handlers.detail())
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" "));
    return now.with(State.CONNECTED, detail.isEmpty() ? null : detail);
  }

  /** The server's line, such as {@code 18.0}; empty until it has told. */
  public Optional<String> serverSerie() {
    return Optional.ofNullable(paired)
        .map(present -> present.setup().line())
        .filter(ServerLine::known)
        .map(ServerLine::toString);
  }

  /** How the box is called where the paired server's line has a say. */
  public String identifier() {
    Paired present = paired;
    return present == null ? box.identifier() : present.setup().line().identifierOf(box);
  }

  /** Ends running calls and the threads; waits half a second for each at the longest. */
  @Override
  public void close() {
    hangUp(); // Ends the call that the lane may wait for.
    lane.close();
    hangUp();
    handlers.close();
  }

  private void hangUp() {
    Paired present = paired;
    if (present != null) {
      present.server().close();
    }
  }

  private void change(Pairing wanted) {
    if (paired == null) {
      // --odoo may come before the stored pairing was looked at.
      store.load().filter(wanted::equals).ifPresent(this::begin);
    }
    if (paired != null && paired.pairing().equals(wanted) && !paired.server().closed()) {
      if (status.state() != State.CONNECTED) {
        backOff.reset();
        lane.later(Duration.ZERO, this::step);
      }
      return;
    }
    try {
      store.save(wanted);
    } catch (IOException e) {
      LOG.error("The pairing works until the box stops, but cannot be stored: {}", e.toString());
    }
    begin(wanted);
  }

  private void begin(Pairing wanted) {
    hangUp();
    backOff.reset();
    OdooServer server = client.server(wanted);
    BoxSetup setup = new BoxSetup(wanted, server, box, devices, pace.heartbeat());
    paired = new Paired(wanted, server, setup);
    status = OdooStatus.connecting(wanted.url());
    LOG.info("Paired with {}", wanted.url());
    handlers.pairedWith(wanted, server, setup::line);
    lane.later(Duration.ZERO, this::step);
  }

  private void end() {
    try {
      store.clear();
    } catch (IOException e) {
      LOG.error("The stored pairing cannot be deleted: {}", e.toString());
    }
    hangUp();
    lane.cancel();
    paired = null;
    status = OdooStatus.UNPAIRED;
    handlers.unpaired();
    LOG.info("Unpaired");
  }

  /** Whether the server is still there is in doubt. */
  private void lookNow() {
    lane.run(
        () -> {
          if (status.state() == State.CONNECTED) {
            paired.setup().doubt();
            lane.later(Duration.ZERO, this::step);
          }
        });
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
        case UNCHANGED -> lane.later(pace.watch(), this::step);
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
    boolean before = status.state() == State.CONNECTED;
    status = status.synced(Instant.now());
    if (!before) {
      LOG.info("Connected with {}", status.url());
      handlers.fetch(true);
    }
    lane.later(pace.watch(), this::step);
  }

  private void refused() {
    show(State.REFUSED, REFUSED);
    lane.later(pace.refused(), this::step);
  }

  private void lost(String why, long begunNanos) {
    paired.setup().forget();
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
