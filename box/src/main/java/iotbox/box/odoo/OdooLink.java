package iotbox.box.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.BoxThreads;
import iotbox.box.device.DeviceStatus;
import iotbox.box.odoo.OdooException.Kind;
import iotbox.box.odoo.OdooStatus.State;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
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

  private final CredentialStore store;
  private final BoxIdentity box;
  private final Supplier<List<DeviceStatus>> devices;
  private final OdooClient client;
  private final HandlerSync handlers;
  private final Pace pace;
  private final BackOff backOff;
  private final ScheduledExecutorService thread;

  // Used on the thread only.
  private Registration accepted;
  private boolean greeted;
  private long heardNanos;
  private ScheduledFuture<?> next;
  private final Set<String> mentioned = new HashSet<>();

  // Written on the thread only, read by others.
  private volatile Pairing pairing;
  private volatile OdooServer server;
  private volatile String serie;
  private volatile String leftOut;
  private volatile OdooStatus status = OdooStatus.UNPAIRED;

  /**
   * @param devices gives all devices at any moment, on any thread
   */
  public OdooLink(
      CredentialStore store,
      BoxIdentity box,
      Supplier<List<DeviceStatus>> devices,
      HandlerInstaller installer,
      HandlerCache cache,
      OdooClient client,
      BoxThreads threads) {
    this(store, box, devices, installer, cache, client, threads, Pace.NORMAL);
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
    this.handlers = new HandlerSync(box.identifier(), installer, cache, threads, pace);
    this.pace = pace;
    this.backOff = pace.backOff();
    this.thread = threads.single("odoo");
  }

  /** Begins with the stored pairing, if there is one. */
  public void start() {
    run(
        () -> {
          if (pairing == null) {
            store.load().ifPresent(this::begin);
          }
        });
  }

  /**
   * The box belongs to this database from now on, also after a restart. The same pairing as before
   * changes nothing, but is tried at once if Odoo was not connected.
   */
  public void pair(Pairing wanted) {
    OdooServer present = server;
    if (present != null && !wanted.equals(pairing)) {
      present.close();
    }
    run(() -> change(wanted));
  }

  /** The box belongs to nobody from now on; the handlers from Odoo are removed. */
  public void unpair() {
    OdooServer present = server;
    if (present != null) {
      present.close();
    }
    run(this::end);
  }

  /** A person wants the handlers fetched now. */
  public void reloadHandlers() {
    handlers.fetch(false);
  }

  /** The devices are not what they were; Odoo is told within a second. */
  public void devicesChanged() {
    run(
        () -> {
          if (status.state() == State.CONNECTED) {
            wakeWithin(pace.settle());
          }
        });
  }

  /** How the box stands with Odoo now. */
  public OdooStatus status() {
    OdooStatus now = status;
    if (now.state() != State.CONNECTED) {
      return now;
    }
    String detail =
        Stream.of(Optional.ofNullable(leftOut), Optional.ofNullable(handlers.detail()))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" "));
    return now.with(State.CONNECTED, detail.isEmpty() ? null : detail);
  }

  /** The server's line, such as {@code 18.0}; empty until it has told. */
  public Optional<String> serverSerie() {
    return Optional.ofNullable(serie);
  }

  /** Ends running calls and the threads; does not wait for them. */
  @Override
  public void close() {
    thread.shutdownNow();
    OdooServer present = server;
    if (present != null) {
      present.close();
    }
    handlers.close();
  }

  private void change(Pairing wanted) {
    if (pairing == null) {
      // --odoo may come before the stored pairing was looked at.
      store.load().filter(wanted::equals).ifPresent(this::begin);
    }
    if (wanted.equals(pairing)) {
      if (status.state() != State.CONNECTED) {
        backOff.reset();
        wake(Duration.ZERO);
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
    forget();
    pairing = wanted;
    server = client.server(wanted);
    status = new OdooStatus(wanted.url(), State.CONNECTING, null, null);
    LOG.info("Paired with {}", wanted.url());
    handlers.pairedWith(wanted, server);
    wake(Duration.ZERO);
  }

  private void end() {
    try {
      store.clear();
    } catch (IOException e) {
      LOG.error("The stored pairing cannot be deleted: {}", e.toString());
    }
    forget();
    pairing = null;
    server = null;
    status = OdooStatus.UNPAIRED;
    handlers.unpaired();
    LOG.info("Unpaired");
  }

  private void forget() {
    if (server != null) {
      server.close();
    }
    cancelNext();
    backOff.reset();
    accepted = null;
    greeted = false;
    serie = null;
    leftOut = null;
    mentioned.clear();
  }

  /** One look at what is to be done; arranges the next one. */
  private void step() {
    next = null;
    OdooServer spoken = server;
    if (spoken == null) {
      return;
    }
    long begun = System.nanoTime();
    try {
      greet();
      DeviceList list = DeviceList.of(devices.get());
      Registration present = new Registration(box, box.address().get(), list.known());
      if (!present.equals(accepted) && !register(present)) {
        wake(pace.refused());
        return;
      }
      mention(list);
      backOff.reset();
      wake(pace.watch());
    } catch (OdooException e) {
      if (!spoken.closed()) {
        lose(pairing.withoutSecrets(e.getMessage()), begun);
      }
    } catch (RuntimeException e) {
      LOG.error("The link with Odoo failed for an unexpected reason", e);
      lose("The box failed to speak with Odoo; its log says why.", begun);
    }
  }

  /**
   * Asks for the server's line, which also tells whether it is still there. A server that is there
   * but does not tell is no reason to give up.
   */
  private void greet() throws OdooException {
    boolean connected = status.state() == State.CONNECTED;
    if (greeted && !(connected && since(heardNanos).compareTo(pace.heartbeat()) >= 0)) {
      return;
    }
    try {
      JsonNode result = server.json("/web/webclient/version_info", null);
      serie = result.path("server_serie").asText(null);
      LOG.debug("{} is Odoo {}", pairing.url(), serie);
    } catch (OdooException e) {
      if (e.kind() == Kind.NO_CONNECTION || connected && e.kind() == Kind.NO_ANSWER) {
        throw e;
      }
      LOG.info("The server does not tell its version: {}", e.getMessage());
    }
    greeted = true;
    heardNanos = System.nanoTime();
  }

  private boolean register(Registration present) throws OdooException {
    JsonNode channel = server.json("/iot/setup", present.params(pairing));
    if (server.closed()) {
      throw new OdooException(Kind.NO_ANSWER, "The box has parted from " + pairing.url() + ".");
    }
    heardNanos = System.nanoTime();
    if (channel.isNull()) {
      refuse();
      return false;
    }
    if (!channel.isTextual()) {
      throw new OdooException(
          Kind.BAD_ANSWER,
          server.name("/iot/setup") + " answered neither a channel nor a refusal.");
    }
    boolean before = status.state() == State.CONNECTED;
    accepted = present;
    status = status.synced(Instant.now());
    LOG.info("Odoo has accepted the box with {} devices", present.devices().size());
    if (!before) {
      handlers.fetch(true);
    }
    return true;
  }

  private void refuse() {
    accepted = null;
    String why =
        "Odoo did not accept the token: it was used before, has expired, or the box was deleted"
            + " there. Copy a new token from Odoo (IoT app, Connect) and pair the box again.";
    if (status.state() != State.REFUSED) {
      LOG.warn("{}", why);
    }
    status = status.with(State.REFUSED, why);
  }

  private void lose(String why, long begunNanos) {
    accepted = null;
    if (status.state() == State.CONNECTED) {
      // When it is back it may be another version.
      greeted = false;
    }
    if (status.state() != State.UNREACHABLE || !why.equals(status.detail())) {
      LOG.warn("Odoo is not reachable: {}", why);
    }
    status = status.with(State.UNREACHABLE, why);
    // Counted from the attempt's begin, or waiting for an answer in vain would add to the pause.
    Duration pause = backOff.next().minus(since(begunNanos));
    wake(pause.compareTo(pace.retryFirst()) < 0 ? pace.retryFirst() : pause);
  }

  private void mention(DeviceList list) {
    leftOut = list.detail();
    Set<String> now = new HashSet<>();
    for (DeviceStatus device : list.leftOut()) {
      String line =
          device.identifier() + " (type " + device.type() + ", " + device.connection() + ")";
      now.add(line);
      if (mentioned.add(line)) {
        LOG.warn("Odoo is not told of {}: it does not know such a type or connection", line);
      }
    }
    mentioned.retainAll(now);
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private void wakeWithin(Duration delay) {
    if (next == null || next.getDelay(TimeUnit.NANOSECONDS) > delay.toNanos()) {
      wake(delay);
    }
  }

  private void wake(Duration delay) {
    cancelNext();
    try {
      next = thread.schedule(this::step, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("The box stops; Odoo is told nothing any more");
    }
  }

  private void cancelNext() {
    if (next != null) {
      next.cancel(false);
      next = null;
    }
  }

  private void run(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("The box stops; Odoo is told nothing any more");
    }
  }
}
