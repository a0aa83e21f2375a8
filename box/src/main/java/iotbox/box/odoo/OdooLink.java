package iotbox.box.odoo;

import iotbox.box.device.DeviceStatus;
import iotbox.box.odoo.BoxSetup.Outcome;
import iotbox.box.odoo.OdooStatus.State;
import iotbox.box.thread.BoxThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
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
public final class OdooLink implements LinkControl, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OdooLink.class);
  private static final String OVERTAKEN =
      "This pairing was given up, as another one or none was wanted meanwhile.";

  private final KeptPairing kept;
  private final BoxIdentity box;
  private final Supplier<List<DeviceStatus>> devices;
  private final OdooClient client;
  private final HandlerSync handlers;
  private final Pace pace;
  private final BackOff backOff;
  private final Gathering gathering;
  private final PairingTrials trials;
  private final List<PairingFollower> followers = new CopyOnWriteArrayList<>();
  private final Lane lane;
  private final List<LinkListener> listeners = new CopyOnWriteArrayList<>();

  // Written on the lane's thread only, read by others; the status also by those who begin.
  private volatile Paired paired;
  private volatile OdooStatus status = OdooStatus.UNPAIRED;

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
    this.kept = new KeptPairing(store);
    this.box = box;
    this.devices = devices;
    this.client = client;
    this.handlers = new HandlerSync(box, installer, cache, threads, pace, this::lookNow);
    this.pace = pace;
    this.backOff = new BackOff(pace.retryFirst(), pace.retryLongest());
    this.gathering = new Gathering(pace.settle());
    this.trials = new PairingTrials(threads.work());
    this.lane = new Lane(threads.single("odoo"));
  }

  /** Tells this part of each change of the pairing; before {@link #start()}. */
  void follow(PairingFollower follower) {
    followers.add(follower);
  }

  /** From now on {@code listener} hears how the box stands with Odoo; before the start. */
  public void onConnection(LinkListener listener) {
    listeners.add(listener);
  }

  /** Begins with the stored pairing, if there is one. */
  public void start() {
    if (paired == null && status == OdooStatus.UNPAIRED && kept.isKept()) {
      // Reading it takes a moment, in which nobody should be told to pair the box.
      status = OdooStatus.connecting(null);
    }
    lane.run(
        () -> {
          if (paired == null) {
            kept.read().ifPresentOrElse(pairing -> begin(join(pairing)), this::belongToNobody);
          }
        });
  }

  /**
   * The box is to belong to this database, however long it takes to reach it; a stored pairing is
   * replaced as soon as the server has accepted the box. The same pairing as before changes
   * nothing, but is tried at once if Odoo was not connected.
   */
  public void pair(Pairing wanted) {
    trials.close();
    Paired present = paired;
    if (present == null) {
      status = OdooStatus.connecting(wanted.url());
    }
    lane.run(() -> change(wanted));
    if (present != null && !present.pairing().equals(wanted)) {
      hangUp(present);
    }
  }

  /**
   * The box is to belong to this database if its server accepts the box now; otherwise the present
   * pairing stays as it is. Completes, within the time-outs of two calls, with nothing when the box
   * belongs to it, or with a sentence that says what is wrong and what to do.
   */
  public CompletableFuture<Optional<String>> propose(Pairing wanted) {
    Paired present = paired;
    if (present != null && present.pairing().equals(wanted) && status.state() == State.CONNECTED) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    Paired candidate = join(wanted);
    return trials
        .of(candidate)
        .thenCompose(
            why -> why.isPresent() ? CompletableFuture.completedFuture(why) : adopt(candidate));
  }

  /** The box belongs to nobody from now on; the handlers from Odoo are removed. */
  @Override
  public void unpair() {
    trials.close();
    Paired present = paired;
    lane.run(this::end);
    hangUp(present);
  }

  /** A person wants the handlers fetched now. */
  public void reloadHandlers() {
    handlers.fetch(false);
  }

  @Override
  public void moved(String url) throws BadPairingException {
    String server = PairingParser.server(url);
    Paired present = paired;
    if (present != null) {
      pair(present.pairing().at(server));
    }
  }

  @Override
  public void handlersChanged() {
    handlers.fetch(true);
  }

  @Override
  public void restart() {
    handlers.fetch(false);
    lane.run(
        () -> {
          if (paired != null) {
            LOG.info("Everything is told to Odoo anew, as was asked for");
            listeners.forEach(LinkListener::parted);
            paired.setup().forget();
            backOff.reset();
            lane.later(Duration.ZERO, this::step);
          }
        });
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
    trials.close();
    hangUp(paired);
    lane.close();
    hangUp(paired);
    handlers.close();
  }

  /**
   * Ends the call that the lane may wait for. Comes after what the lane is to do next, or the lane
   * could begin to wait for the same server again.
   */
  private static void hangUp(Paired present) {
    if (present != null) {
      present.server().close();
    }
  }

  private Paired join(Pairing wanted) {
    OdooServer server = client.server(wanted);
    return new Paired(wanted, server, new BoxSetup(wanted, server, box, devices, pace.heartbeat()));
  }

  private void change(Pairing wanted) {
    if (paired == null) {
      kept.read(); // --odoo comes before the stored pairing was looked at.
    } else if (paired.pairing().equals(wanted) && !paired.server().closed()) {
      if (status.state() != State.CONNECTED) {
        backOff.reset();
        lane.later(Duration.ZERO, this::step);
      }
      return;
    }
    kept.keepFirst(wanted);
    begin(join(wanted));
  }

  private CompletableFuture<Optional<String>> adopt(Paired accepted) {
    if (!trials.adopt(accepted)) {
      return CompletableFuture.completedFuture(Optional.of(OVERTAKEN));
    }
    CompletableFuture<Optional<String>> done = new CompletableFuture<>();
    Paired former = paired;
    lane.run(
        () -> {
          enter(accepted);
          connected();
          done.complete(Optional.empty());
        });
    hangUp(former);
    return done;
  }

  private void begin(Paired wanted) {
    enter(wanted);
    lane.later(Duration.ZERO, this::step);
  }

  private void enter(Paired wanted) {
    hangUp(paired);
    listeners.forEach(LinkListener::parted);
    backOff.reset();
    paired = wanted;
    Pairing pairing = wanted.pairing();
    status = OdooStatus.connecting(pairing.url());
    LOG.info("Paired with {}", pairing.url());
    handlers.pairedWith(pairing, wanted.server(), wanted.setup()::line);
    followers.forEach(follower -> follower.pairedWith(pairing, wanted.server()));
  }

  private void end() {
    kept.forget();
    hangUp(paired);
    lane.cancel();
    paired = null;
    handlers.unpaired();
    belongToNobody();
    listeners.forEach(LinkListener::unpaired);
    LOG.info("Unpaired");
  }

  private void belongToNobody() {
    status = OdooStatus.UNPAIRED;
    followers.forEach(PairingFollower::unpaired);
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
