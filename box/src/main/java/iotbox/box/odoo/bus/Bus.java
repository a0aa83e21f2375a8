package iotbox.box.odoo.bus;

import iotbox.box.device.DeviceManager;
import iotbox.box.event.Event;
import iotbox.box.event.EventHub;
import iotbox.box.host.BoxIdentity;
import iotbox.box.odoo.BackOff;
import iotbox.box.odoo.Lane;
import iotbox.box.odoo.LinkControl;
import iotbox.box.odoo.LinkListener;
import iotbox.box.odoo.wire.OdooClient;
import iotbox.box.odoo.wire.OdooConnection;
import iotbox.box.odoo.wire.OdooException;
import iotbox.box.thread.BoxThreads;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import okhttp3.HttpUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The box on Odoo's bus, for as long as Odoo accepts it: connects again and again, whatever ends
 * the connection. All public methods may be called on any thread and return at once.
 */
public final class Bus implements LinkListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Bus.class);

  private final BoxIdentity box;
  private final OdooClient client;
  private final BusPace pace;
  private final EventHub events;
  private final LastMessage last;
  private final Confirmations confirmations;
  private final BoxActions boxActions;
  private final BusCommands commands;
  private final BackOff backOff;
  private final Lane lane;
  private final Consumer<Event> published = this::published;
  private final BusConnection.Events following = new Following();

  /**
   * Who is to hear of devices: the server that accepted the box last, whether it is there or not.
   */
  private volatile OdooConnection odoo;

  // Written on the lane's thread only, read by others.
  private volatile Joined joined;
  private volatile Instant since;

  // Used on the lane's thread only.
  private BusConnection connection;
  private boolean doubted;
  private long begunNanos;
  private String trouble;

  public Bus(
      BoxIdentity box,
      DeviceManager devices,
      EventHub events,
      LinkControl link,
      OdooClient client,
      Path dataFolder,
      BoxThreads threads) {
    this(box, devices, events, link, client, dataFolder, threads, BusPace.NORMAL);
  }

  Bus(
      BoxIdentity box,
      DeviceManager devices,
      EventHub events,
      LinkControl link,
      OdooClient client,
      Path dataFolder,
      BoxThreads threads,
      BusPace pace) {
    this.box = box;
    this.client = client;
    this.pace = pace;
    this.events = events;
    this.last = new LastMessage(dataFolder);
    this.confirmations =
        new Confirmations(dataFolder, last, threads, pace.retryFirst(), pace.retryLongest());
    this.boxActions =
        new BoxActions(link, threads, () -> Optional.ofNullable(odoo).map(OdooConnection::server));
    this.commands = new BusCommands(box, devices, boxActions, confirmations);
    this.backOff = new BackOff(pace.retryFirst(), pace.retryLongest());
    this.lane = new Lane(threads.single("odoo-bus"));
    events.subscribe(published);
  }

  /** What is asked of the box itself. */
  public BoxActions boxActions() {
    return boxActions;
  }

  /** How it stands with the bus now. */
  public BusStatus status() {
    Instant connected = since;
    return new BusStatus(
        connected != null, connected, confirmations.waiting(), confirmations.dropped());
  }

  @Override
  public void connected(OdooConnection connection) {
    odoo = connection;
    confirmations.connected(connection);
    lane.run(() -> join(Joined.of(connection)));
  }

  @Override
  public void lost() {
    lane.run(() -> doubted = connection != null);
  }

  @Override
  public void parted() {
    lane.run(this::leave);
  }

  @Override
  public void unpaired() {
    odoo = null;
    lane.run(
        () -> {
          leave();
          confirmations.forget();
          last.forget();
        });
  }

  @Override
  public void close() {
    events.unsubscribe(published);
    lane.run(this::leave);
    lane.close();
    confirmations.close();
    last.keep();
  }

  private void join(Joined wanted) {
    if (wanted == null) {
      LOG.debug("This line of Odoo has no bus");
      leave();
    } else if (!wanted.same(joined)) {
      leave();
      joined = wanted;
      backOff.reset();
      lane.later(pace.settle(), this::open);
    } else if (doubted) {
      // The server is back. Whether this connection came through would not be known for two pings.
      drop();
      lane.later(Duration.ZERO, this::open);
    } else if (connection == null) {
      // The first devices are there, or the server is back, as the link has seen.
      lane.later(Duration.ZERO, this::open);
    }
  }

  private void leave() {
    lane.cancel();
    joined = null;
    trouble = null;
    drop();
  }

  private void drop() {
    if (connection != null) {
      connection.end();
      over(null);
    }
  }

  private void over(HttpUrl moved) {
    long now = System.nanoTime();
    if (now - begunNanos >= pace.retryLongest().toNanos()) {
      backOff.reset(); // It was not one that ends again and again.
    }
    if (since != null) {
      begunNanos = now;
    }
    if (moved != null) {
      joined = joined.at(moved);
    }
    connection = null;
    doubted = false;
    since = null;
    last.keep();
  }

  private void open() {
    Joined bus = joined;
    begunNanos = System.nanoTime();
    try {
      HttpUrl base = HttpUrl.parse(bus.odoo().pairing().url());
      String cookie = SessionCookie.of(client, bus.odoo().pairing(), base).orElse(null);
      connection =
          new BusConnection(
              client, bus.url(), bus.odoo().pairing().dbName(), cookie, pace, following);
      lane.later(pace.handshake(), connection::giveUp);
    } catch (OdooException e) {
      lost(e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("The bus failed for an unexpected reason", e);
      lost("the box failed to connect; its log says why");
    }
  }

  private void lost(String why) {
    String safe = joined.odoo().pairing().withoutSecrets(why);
    if (!safe.equals(trouble)) {
      LOG.warn("Not on the bus of {}: {}", joined.odoo().pairing().url(), safe);
      trouble = safe;
    }
    // Counted from the attempt's begin, or waiting for an answer in vain would add to the pause.
    Duration pause = backOff.next().minusNanos(System.nanoTime() - begunNanos);
    Duration least = pace.retryFirst().dividedBy(2);
    lane.later(pause.compareTo(least) < 0 ? least : pause, this::open);
  }

  private void published(Event event) {
    OdooConnection to = odoo;
    if (to != null) {
      commands.published(to, event);
    }
  }

  /** What becomes of the connection; told on OkHttp's threads. */
  private final class Following implements BusConnection.Events {
    @Override
    public void opened(BusConnection opened) {
      lane.run(
          () -> {
            if (opened == connection) {
              lane.cancel();
              opened.send(joined.subscription(box, last.begin(joined.key())));
              since = Instant.now();
              trouble = null;
              LOG.info("On the bus of {}", joined.odoo().pairing().url());
            }
          });
    }

    @Override
    public void received(BusConnection from, String frame) {
      Joined bus = joined;
      if (bus == null) {
        return;
      }
      List<BusMessage> fresh =
          BusMessage.parse(frame).stream()
              .filter(message -> last.take(bus.key(), message.id()))
              .filter(commands::concerns)
              .toList();
      if (fresh.isEmpty()) {
        return;
      }
      // In this order, nothing is done twice and Odoo hears of everything, whenever the box ends:
      // before it is kept, the message comes again; after it, Odoo is told of an interruption.
      List<Runnable> prepared =
          fresh.stream().map(message -> commands.prepare(bus.odoo(), message)).toList();
      last.keep();
      prepared.forEach(this::run);
    }

    private void run(Runnable prepared) {
      try {
        prepared.run();
      } catch (RuntimeException e) {
        LOG.error("A message of the bus failed for an unexpected reason", e);
      }
    }

    @Override
    public void ended(BusConnection ended, String why, HttpUrl moved) {
      lane.run(
          () -> {
            if (ended == connection) {
              over(moved);
              lost(why);
            }
          });
    }
  }
}
