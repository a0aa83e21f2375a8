package iotbox.box.odoo;

import iotbox.box.device.status.DeviceStatus;
import iotbox.box.host.BoxIdentity;
import iotbox.box.odoo.OdooStatus.State;
import iotbox.box.odoo.pairing.BadPairingException;
import iotbox.box.odoo.pairing.CredentialStore;
import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.odoo.pairing.PairingParser;
import iotbox.box.odoo.wire.OdooClient;
import iotbox.box.odoo.wire.OdooServer;
import iotbox.box.odoo.wire.ServerLine;
import iotbox.box.store.NotKeptException;
import iotbox.box.thread.BoxThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom the box belongs to, for as long as it runs: who says so, and what of it lasts. {@link
 * Upkeep} then keeps that Odoo informed, whatever the network does. All work is done on one thread
 * of its own, which an unreachable Odoo may block; the public methods may be called on any thread
 * and return at once.
 *
 * <p>The way is that of a real box: which version the server is, the box and its devices ({@code
 * /iot/setup}), the handlers, and the devices again whenever they change.
 */
public final class OdooLink implements LinkControl, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OdooLink.class);
  private static final String OVERTAKEN =
      "This pairing was given up, as another one or none was wanted meanwhile.";

  private static final String NOT_KEPT =
      "Odoo accepted the box, but the pairing cannot be stored. ";

  private final KeptPairing kept;
  private final BoxIdentity box;
  private final Supplier<List<DeviceStatus>> devices;
  private final OdooClient client;
  private final HandlerSync handlers;
  private final Pace pace;
  private final PairingTrials trials;
  private final Lane lane;
  private final Upkeep upkeep;

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
    this.handlers = new HandlerSync(box, installer, cache, threads, pace, this::doubt);
    this.pace = pace;
    this.trials = new PairingTrials(threads.work());
    this.lane = new Lane(threads.single("odoo"));
    this.upkeep = new Upkeep(kept, handlers, pace, lane);
  }

  /** From now on {@code listener} hears how the box stands with Odoo; before the start. */
  public void tell(LinkListener listener) {
    upkeep.tell(listener);
  }

  /** Begins with the stored pairing, if there is one. */
  public void start() {
    if (upkeep.paired() == null && status() == OdooStatus.UNPAIRED && kept.isKept()) {
      // Reading it takes a moment, in which nobody should be told to pair the box.
      upkeep.announce(OdooStatus.connecting(null));
    }
    lane.run(
        () -> {
          if (upkeep.paired() == null) {
            kept.read().ifPresentOrElse(pairing -> upkeep.begin(join(pairing)), upkeep::nobody);
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
    Paired present = upkeep.paired();
    if (present == null) {
      upkeep.announce(OdooStatus.connecting(wanted.url()));
    }
    lane.run(() -> change(wanted));
    if (present != null && !present.pairing().equals(wanted)) {
      hangUp(present);
    }
  }

  /**
   * The box is to belong to this database if its server accepts the box now; otherwise the present
   * pairing stays as it is. Completes, within the time-outs of two calls, with nothing when the box
   * belongs to it and will after a restart, or with a sentence that says what is wrong and what to
   * do.
   */
  public CompletableFuture<Optional<String>> propose(Pairing wanted) {
    Paired present = upkeep.paired();
    if (present != null
        && present.pairing().equals(wanted)
        && status().state() == State.CONNECTED) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    Paired candidate = join(wanted);
    return trials
        .of(candidate)
        .thenCompose(
            why -> why.isPresent() ? CompletableFuture.completedFuture(why) : adopt(candidate));
  }

  /**
   * The box belongs to nobody from now on; the handlers from Odoo are removed. Fails with an {@link
   * UncheckedIOException} if that is forgotten at a restart.
   */
  @Override
  public CompletableFuture<Void> unpair() {
    trials.close();
    Paired present = upkeep.paired();
    CompletableFuture<Void> done = new CompletableFuture<>();
    lane.run(
        () -> {
          try {
            upkeep.end();
            done.complete(null);
          } catch (IOException e) {
            done.completeExceptionally(new UncheckedIOException(e));
          }
        });
    hangUp(present);
    return done;
  }

  /** A person wants the handlers fetched now. */
  public void reloadHandlers() {
    handlers.fetch(false);
  }

  @Override
  public void moved(String url) throws BadPairingException {
    String server = PairingParser.server(url);
    Paired present = upkeep.paired();
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
    lane.run(upkeep::restart);
  }

  /** The devices are not what they were; Odoo is told within a second. */
  public void devicesChanged() {
    lane.run(upkeep::devicesChanged);
  }

  /** How the box stands with Odoo now. */
  public OdooStatus status() {
    return upkeep.status();
  }

  /** The server's line, such as {@code 18.0}; empty until it has told. */
  public Optional<String> serverSerie() {
    return Optional.ofNullable(upkeep.paired())
        .map(present -> present.setup().line())
        .filter(ServerLine::known)
        .map(ServerLine::toString);
  }

  /**
   * The key by which the paired Odoo signs what its pages send to the box: the token of the
   * pairing, also where the server itself has forgotten it. Empty while unpaired.
   */
  public Optional<SecretKey> requestKey() {
    return Optional.ofNullable(upkeep.paired())
        .map(present -> present.pairing().token().getBytes(StandardCharsets.UTF_8))
        .map(token -> new SecretKeySpec(token, "HmacSHA256"));
  }

  /** How the box is called where the paired server's line has a say. */
  public String identifier() {
    Paired present = upkeep.paired();
    return present == null ? box.identifier() : present.setup().line().identifierOf(box);
  }

  /** Ends running calls and the threads; waits half a second for each at the longest. */
  @Override
  public void close() {
    trials.close();
    upkeep.hangUp();
    lane.close();
    upkeep.hangUp();
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
    Paired present = upkeep.paired();
    if (present == null) {
      kept.read(); // --odoo comes before the stored pairing was looked at.
    } else if (present.pairing().equals(wanted) && !present.server().closed()) {
      upkeep.retryNow();
      return;
    }
    kept.keepFirst(wanted);
    upkeep.begin(join(wanted));
  }

  private CompletableFuture<Optional<String>> adopt(Paired accepted) {
    if (!trials.adopt(accepted)) {
      return CompletableFuture.completedFuture(Optional.of(OVERTAKEN));
    }
    try {
      // Here, as the lane may wait for the former server, which is left only when this is done.
      kept.keepOrFail(accepted.pairing());
    } catch (IOException e) {
      LOG.error("A pairing was given up, as it cannot be stored: {}", e.toString());
      accepted.server().close();
      return CompletableFuture.completedFuture(Optional.of(NOT_KEPT + NotKeptException.refusal(e)));
    }
    CompletableFuture<Optional<String>> done = new CompletableFuture<>();
    Paired former = upkeep.paired();
    lane.run(
        () -> {
          upkeep.adopt(accepted);
          done.complete(Optional.empty());
        });
    hangUp(former);
    return done;
  }

  private void doubt() {
    lane.run(upkeep::doubt);
  }
}
