package iotbox.tests;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.odoo.FaultyNetwork;
import iotbox.box.odoo.bus.BusStandIn;
import iotbox.tests.bench.Figures;
import iotbox.tests.bench.WireClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * A box behind a network that fails, with a till that uses one of its scales all the time, and
 * somebody who asks whether it is there. {@code bench1} is the till's, {@code bench2} is plugged in
 * later, so that there is news for Odoo.
 */
final class BoxAtWork implements AutoCloseable {
  private static final String TILL = "till";
  private static final String ODOO = "odoo";
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int WARM = 300;
  private static final int FIRST_MESSAGE = 1000;

  final OdooStandIn odoo = OdooStandIn.start("19.0");
  final BusStandIn bus = OdooWithBus.inFrontOf(odoo, 0);
  final FaultyNetwork network = new FaultyNetwork(bus.port());
  private final Path devices;
  private final Duration pace;
  private final BoxProcess box;
  private final List<Double> hellos = new ArrayList<>(); // guarded by itself
  private final FutureTask<Void> greeting = new FutureTask<>(this::greet);
  private final FutureTask<Integer> selling = new FutureTask<>(this::sell);
  private volatile boolean closing;
  private volatile boolean closed;
  private volatile int sold;

  /**
   * A box that is connected and warm.
   *
   * @param folder of its own
   * @param pace between two uses of the scale
   * @param host under which it finds the server
   * @param java what its Java is told
   */
  BoxAtWork(Path folder, Duration pace, String host, List<String> java) {
    this.pace = pace;
    try {
      devices = Files.writeString(folder.resolve("devices"), "bench1\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    odoo.serving(
        HandlersZip.with("interfaces/ListedInterface.java", TestHandlers.interfaceListing(devices))
            .and("drivers/BenchDriver.java", TestHandlers.DRIVER));
    String url = "http://" + host + ":" + network.port();
    box = BoxProcess.startWith(java, "--odoo", OdooWithBus.pairing(odoo, url));
    box.client().awaitDevice("bench1");
    start(greeting);
    await("Odoo knows bench1, by the bus too")
        .atMost(SOON)
        .until(() -> known().equals(List.of("bench1")) && !bus.subscriptions().isEmpty());
    await("warm").atMost(SOON).until(() -> count() >= WARM);
  }

  /** The till is opened, and another scale plugged in. */
  void openTill() {
    synchronized (hellos) {
      hellos.clear();
    }
    start(selling);
    try {
      Files.writeString(devices, "bench1\nbench2\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    box.client().awaitDevice("bench2");
  }

  /** How the box stands with Odoo. */
  String state() {
    return box.client().status().at("/odoo/state").asText();
  }

  /** Whether the box has been used often enough to judge it. */
  boolean judgeable() {
    return count() >= 200 && sold >= 20;
  }

  /** Whether nothing is left of the fault that Odoo or the box could see. */
  boolean recovered() {
    bus.send(FIRST_MESSAGE, "iot_action", weigh());
    JsonNode now = box.client().status().path("odoo");
    return now.path("state").asText().equals("connected")
        && now.at("/bus/connected").asBoolean()
        && known().equals(List.of("bench1", "bench2"))
        && !confirmed(ODOO).isEmpty();
  }

  /** Closes the till and waits until Odoo has heard of all that was sold; how much that was. */
  int closeTill() throws Exception {
    closing = true;
    int all = selling.get(SOON.toSeconds(), TimeUnit.SECONDS);
    box.client().awaitStatus("all told", now -> now.at("/odoo/bus/waiting").asInt() == 0);
    return all;
  }

  /** What Odoo heard that was done for the till, in the order of its arrival. */
  List<Integer> toldOfTill() {
    return confirmed(TILL);
  }

  /** How often Odoo heard of what it had asked for itself. */
  int toldOfOdoo() {
    return confirmed(ODOO).size();
  }

  /** How long the box took to answer since the till was opened, in milliseconds. */
  Figures hellos() {
    synchronized (hellos) {
      return new Figures(hellos.stream().mapToDouble(Double::doubleValue).toArray());
    }
  }

  String log() {
    return box.stderr();
  }

  private int count() {
    synchronized (hellos) {
      return hellos.size();
    }
  }

  /** The devices in the list that Odoo got last. */
  private List<String> known() {
    List<String> names = new ArrayList<>();
    List<JsonNode> setups = odoo.setups();
    if (!setups.isEmpty()) {
      setups.get(setups.size() - 1).path("devices").fieldNames().forEachRemaining(names::add);
    }
    names.sort(null);
    return names;
  }

  private List<Integer> confirmed(String session) {
    return bus.confirmations().stream()
        .filter(params -> params.path("session_id").asText().equals(session))
        .map(params -> params.path("result").asInt())
        .toList();
  }

  private static Map<String, Object> weigh() {
    return Map.of(
        "iot_identifier",
        BoxProcess.IDENTIFIER,
        "device_identifier",
        "bench2",
        "session_id",
        ODOO,
        "action",
        "set",
        "value",
        1);
  }

  private Void greet() throws Exception {
    try (WireClient client = new WireClient(box.url())) {
      while (!closed) {
        long begun = System.nanoTime();
        assertEquals("ping", client.get("/hw_proxy/hello"));
        double millis = (System.nanoTime() - begun) / 1e6;
        synchronized (hellos) {
          hellos.add(millis);
        }
        Thread.sleep(10);
      }
    }
    return null;
  }

  /** A poll is held, an action done, and the poll answered, again and again. */
  private Integer sell() throws Exception {
    BoxClient client = box.client();
    double last = 0;
    while (!closing) {
      int next = sold + 1;
      CompletableFuture<JsonNode> poll = client.poll(TILL, last, "bench1");
      client.action(TILL, "bench1", Map.of("action", "set", "value", next));
      JsonNode event = poll.get(10, TimeUnit.SECONDS).path("result");
      assertEquals(next, event.path("value").asInt(), event.toString());
      last = event.path("time").asDouble();
      sold = next;
      Thread.sleep(pace.toMillis());
    }
    return sold;
  }

  private static void start(FutureTask<?> task) {
    Thread thread = new Thread(task, "at work");
    thread.setDaemon(true);
    thread.start();
  }

  /** Throws what went wrong with those who used the box. */
  void checkUsers() throws Exception {
    for (FutureTask<?> each : List.of(greeting, selling)) {
      if (each.isDone()) {
        each.get();
      }
    }
  }

  @Override
  public void close() {
    closing = true;
    closed = true;
    try (odoo;
        bus;
        network;
        box) {
      greeting.get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
