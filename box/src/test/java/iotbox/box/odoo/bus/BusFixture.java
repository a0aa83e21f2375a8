package iotbox.box.odoo.bus;

import static org.awaitility.Awaitility.await;

import iotbox.box.detection.Detection;
import iotbox.box.device.DeviceManager;
import iotbox.box.event.EventHub;
import iotbox.box.guard.DriverGuard;
import iotbox.box.guard.HandlerFaults;
import iotbox.box.host.BoxIdentity;
import iotbox.box.odoo.LinkControl;
import iotbox.box.odoo.pairing.BadPairingException;
import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.odoo.wire.OdooClient;
import iotbox.box.odoo.wire.OdooConnection;
import iotbox.box.odoo.wire.OdooServer;
import iotbox.box.odoo.wire.ServerLine;
import iotbox.box.thread.BoxThreads;
import iotbox.handler.Device;
import iotbox.handler.Interface;
import iotbox.loader.DriverType;
import iotbox.loader.HandlerSet;
import iotbox.loader.Handlers;
import iotbox.loader.InterfaceType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A bus with real devices behind it; what it asks of the link is remembered. */
final class BusFixture implements AutoCloseable {
  static final String BOX = "box-1";
  static final String MAC = "02:fc:00:00:00:01";
  static final String TOKEN = "s3cret-t0ken";
  static final String CHANNEL = "iot_channel-1";

  /** The order of the pauses is that of real life; a busy machine may be late with a pong. */
  static final BusPace FAST =
      new BusPace(
          Duration.ofMillis(1500),
          Duration.ofMillis(20),
          Duration.ofMillis(200),
          Duration.ofMillis(1000),
          Duration.ofMillis(50));

  final BusDriver.Asked asked = new BusDriver.Asked();
  final List<String> link = new CopyOnWriteArrayList<>();
  final BoxThreads threads = new BoxThreads();
  final EventHub events = new EventHub(threads);
  final DeviceManager devices;
  final OdooClient client = new OdooClient();
  final Bus bus;
  private final Map<String, Device> plugged = new ConcurrentHashMap<>();
  private final Detection detection;

  BusFixture(Path folder) {
    this(folder, FAST);
  }

  BusFixture(Path folder, BusPace pace) {
    DriverType driver = new DriverType(BusDriver.class, "bus", 0, "drivers/BusDriver.java");
    InterfaceType listing =
        new InterfaceType(Listing.class, "bus", "interfaces/Listing.java", Listing::new);
    Handlers handlers =
        new Handlers(
            1, List.of(new HandlerSet("test", List.of(driver), List.of(listing))), List.of());
    HandlerFaults faults = new HandlerFaults();
    DriverGuard guard = new DriverGuard(threads);
    devices = new DeviceManager(() -> handlers, guard, faults, events, threads);
    detection = new Detection(guard, faults, devices);
    detection.changed(Handlers.none(), handlers);
    BoxIdentity box = new BoxIdentity(BOX, MAC, () -> "192.0.2.2", "L1.0", "till");
    bus = new Bus(box, devices, events, new Recorded(), client, folder, threads, pace);
  }

  /** As the link does when a server of this line has accepted the box. */
  OdooConnection join(String serie, String url, String database) {
    Pairing pairing = new Pairing(url, TOKEN, "uuid-1", null, database);
    OdooServer server = client.server(pairing);
    OdooConnection connection = new OdooConnection(pairing, server, CHANNEL, ServerLine.of(serie));
    bus.connected(connection);
    return connection;
  }

  /** On the bus of this server, subscribed. */
  OdooConnection subscribed(String serie, BusStandIn odoo) {
    int before = odoo.subscriptions().size();
    OdooConnection connection = join(serie, odoo.url(), null);
    await().until(() -> odoo.subscriptions().size() > before);
    return connection;
  }

  void plug(String identifier, String type) {
    plugged.put(identifier, Device.of(Map.of("type", type), asked));
    await().until(() -> devices.isOpen(identifier));
  }

  /** What a message of 18 and before carries for these devices of this box. */
  static Map<String, Object> lists(String device, String action, Object value) {
    return Map.of(
        "iot_identifiers",
        List.of("another", BOX),
        "device_identifiers",
        List.of(device),
        "session_id",
        "tab1",
        "action",
        action,
        "value",
        value);
  }

  /** What a message of 19 and later carries. */
  static Map<String, Object> single(String device, String action, Object value) {
    return Map.of(
        "iot_identifier", BOX,
        "device_identifier", device,
        "session_id", "tab1",
        "action", action,
        "value", value);
  }

  @Override
  public void close() {
    bus.close();
    client.close();
    detection.close();
    devices.close().join();
    threads.close();
  }

  @iotbox.handler.ConnectionType("bus")
  private final class Listing extends Interface {
    @Override
    public Map<String, Device> getDevices() {
      return Map.copyOf(plugged);
    }

    @Override
    public Duration loopDelay() {
      return Duration.ofMillis(50);
    }
  }

  private final class Recorded implements LinkControl {
    @Override
    public CompletableFuture<Void> unpair() {
      link.add("unpair");
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void moved(String url) throws BadPairingException {
      link.add("moved " + Pairing.parse(url + "?token=x").url());
    }

    @Override
    public void handlersChanged() {
      link.add("handlersChanged");
    }

    @Override
    public void restart() {
      link.add("restart");
    }
  }
}
