package iotbox.tests;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.odoo.bus.BusStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A box that is used for long: devices come and go, handlers change, some hang and some fail, pages
 * come and leave, Odoo asks for things. What it takes of its machine must not grow, and no event be
 * lost or told twice.
 *
 * <p>{@code mvn -Psoak -pl tests -am test}, after a build; twenty minutes, or {@code
 * -Dsoak.minutes}.
 */
@Tag("long")
class SoakTest {
  private static final int MINUTES = Integer.getInteger("soak.minutes", 20);
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int SCALES = 12;
  private static final int TICKERS = 3;

  /** Older events than this must have reached everybody. */
  private static final double LATE_SECONDS = 10;

  /** Tells something many times a second, by itself. */
  private static final String TICKER =
      """
      import iotbox.handler.ConnectionType;
      import iotbox.handler.Device;
      import iotbox.handler.Driver;

      @ConnectionType("tick")
      public class Ticker extends Driver {
        static final int VERSION = 0;

        public static boolean supported(Device device) {
          return true;
        }

        public Ticker(String identifier, Device device) {
          super(identifier, device);
          deviceType("scale");
          deviceConnection("serial");
          deviceName("Ticker");
        }

        public void run() throws Exception {
          for (int i = 0; !isStopped(); i++) {
            data().put("value", Integer.valueOf(i));
            deviceChanged();
            Thread.sleep(150);
          }
        }
      }
      """;

  @TempDir private Path folder;
  private final long seed = Long.getLong("soak.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final List<SoakListener> listeners = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private final Map<Integer, String> asked = new HashMap<>();

  /**
   * One for all: each has connections of its own, which the box would hold until it is forgotten.
   */
  private BoxClient client;

  private Path scales;
  private Path tickers;
  private int version;
  private int reloads;
  private int plugs;

  /** What a line of the table says. */
  private record Row(Vitals vitals, int published, long received, int lost, int doubled) {}

  @Test
  void nothingGrowsAndNoEventIsLostOrDoubled() throws Exception {
    scales = Files.writeString(folder.resolve("scales"), "");
    tickers = Files.writeString(folder.resolve("tickers"), "");
    try (OdooStandIn odoo = OdooStandIn.start("19.0").serving(handlers());
        BusStandIn bus = OdooWithBus.inFrontOf(odoo, 0);
        BoxProcess box =
            BoxProcess.start(
                "--odoo",
                OdooWithBus.pairing(odoo, bus.url()),
                "--data",
                folder.resolve("data").toString())) {
      client = box.client();
      await().atMost(SOON).until(() -> bus.subscriptions().size() == 1);
      client.awaitStatus("trouble", now -> now.toString().contains("throwing1"));
      listen(box);
      System.out.printf("Soak: %d minutes, seed %d%n%s%n", MINUTES, seed, HEAD);
      long begun = System.nanoTime();
      long length = Duration.ofMinutes(MINUTES).toNanos();
      long period = Math.min(Duration.ofMinutes(1).toNanos(), length / 9);
      for (int row = 1; System.nanoTime() - begun < length; row++) {
        while (System.nanoTime() - begun < row * period) {
          disturb(odoo, bus);
        }
        report(box, bus, (System.nanoTime() - begun) / 1_000_000_000);
        odoo.forgetRequests(); // The stand-in keeps all.
      }
      plug(scales, List.of());
      plug(tickers, List.of());
      client.awaitStatus("all gone", now -> !now.path("devices").toString().contains("soak"));
      awaitAllHeard(bus);
      report(box, bus, (System.nanoTime() - begun) / 1_000_000_000);
      System.out.printf(
          "%d changes of devices, %d of handlers, %d actions of the bus%n",
          plugs, reloads, asked.size());
      judge(bus);
    } finally {
      listeners.forEach(SoakListener::close);
    }
  }

  private HandlersZip handlers() {
    String scale = TestHandlers.interfaceListing(scales);
    String ticker =
        TestHandlers.interfaceListing(tickers)
            .replace("ListedInterface", "TickingInterface")
            .replace("\"bench\"", "\"tick\"");
    String hesitant =
        TestHandlers.DRIVER.replaceFirst(
            "@Action\\(\"set\"\\)",
            """
            @Action("hesitate")
              public Object hesitate(ActionData data) throws Exception {
                Thread.sleep(700);
                return data.get("value");
              }

              @Action("set")""");
    return TestHandlers.troubled(scales, "hanging1", "throwing1")
        .and("interfaces/ListedInterface.java", scale)
        .and("interfaces/TickingInterface.java", ticker)
        .and("drivers/BenchDriver.java", hesitant + "// version " + version + "\n")
        .and("drivers/Ticker.java", TICKER.replace("VERSION = 0", "VERSION = " + version));
  }

  private void listen(BoxProcess box) {
    List<String> all = new ArrayList<>();
    IntStream.rangeClosed(1, SCALES).forEach(i -> all.add("soak" + i));
    IntStream.rangeClosed(1, TICKERS).forEach(i -> all.add("soaktick" + i));
    listeners.add(new SoakListener.Polling("page", box.url(), all, null));
    listeners.add(new SoakListener.Polling("by type", box.url(), List.of("scale"), null));
    listeners.add(new SoakListener.Polling("leaving page", box.url(), all, new Random(seed + 1)));
    listeners.add(new SoakListener.Streaming("stream", box.url(), null));
    listeners.add(new SoakListener.Streaming("leaving stream", box.url(), new Random(seed + 2)));
    listeners.forEach(SoakListener::start);
  }

  /** Does one thing that happens in a shop, and waits a moment. */
  private void disturb(OdooStandIn odoo, BusStandIn bus) throws Exception {
    String device = "soak" + (1 + random.nextInt(SCALES));
    switch (random.nextInt(24)) {
      case 0, 1 -> plug(scales, some("soak", SCALES));
      case 2 -> plug(tickers, some("soaktick", TICKERS));
      case 3 -> {
        if (random.nextInt(8) == 0) {
          version++;
          reloads++;
          odoo.serving(handlers());
          bus.send("bundle_changed", Map.of());
        }
      }
      case 4, 5, 6 -> client.action("page", device, action("set"));
      case 7 -> client.action("page", device, action("break"));
      case 8 -> client.action("page", "nowhere", action("set"));
      case 9 -> client.status();
      case 10 -> client.post("/iot_drivers/event", "application/json", "{\"params\":");
      default -> ask(bus, device, random.nextInt(20) == 0 ? "hesitate" : "set");
    }
    Thread.sleep(random.nextInt(100));
  }

  private Map<String, ?> action(String name) {
    return Map.of("action", name, "value", random.nextInt(1000));
  }

  private List<String> some(String name, int most) {
    return IntStream.rangeClosed(1, most)
        .filter(i -> random.nextInt(4) > 0)
        .mapToObj(i -> name + i)
        .toList();
  }

  private void plug(Path file, List<String> devices) throws IOException {
    plugs++;
    Path next = Files.write(file.resolveSibling(file.getFileName() + ".new"), devices);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private void ask(BusStandIn bus, String device, String action) {
    int number = asked.size() + 1;
    asked.put(number, device);
    bus.send(
        "iot_action",
        Map.of(
            "iot_identifier",
            BoxProcess.IDENTIFIER,
            "device_identifier",
            device,
            "session_id",
            "bus",
            "action",
            action,
            "value",
            number));
  }

  /** What is an event is what at least one has got: Odoo is told of each, too. */
  private Set<String> published(BusStandIn bus, double before) {
    Set<String> published = new HashSet<>(toldOdoo(bus).keySet());
    listeners.forEach(listener -> published.addAll(listener.times()));
    published.removeIf(time -> Double.parseDouble(time) > before);
    return published;
  }

  /** How often Odoo was told of each event, by its time. Where no device was, there is no event. */
  private Map<String, Integer> toldOdoo(BusStandIn bus) {
    Map<String, Integer> told = new TreeMap<>();
    for (JsonNode each : bus.confirmations()) {
      if (each.path("device_identifier").asText().startsWith("soak") && each.has("value")) {
        told.merge(each.path("time").asText(), 1, Integer::sum);
      }
    }
    return told;
  }

  private void awaitAllHeard(BusStandIn bus) {
    await()
        .atMost(SOON)
        .until(
            () -> {
              Set<String> published = published(bus, Double.MAX_VALUE);
              return listeners.stream().allMatch(each -> each.missing(published).isEmpty());
            });
  }

  private static final String HEAD =
      "  time  heap KiB  classes KiB  threads  files  resident KiB  published  received  lost"
          + "  doubled";

  private void report(BoxProcess box, BusStandIn bus, long seconds) {
    Set<String> due = published(bus, System.currentTimeMillis() / 1e3 - LATE_SECONDS);
    long received = 0;
    int lost = 0;
    int doubled = 0;
    for (SoakListener each : listeners) {
      received += each.times().size();
      lost += each.missing(due).size();
      doubled += each.doubled();
    }
    Map<String, Integer> told = toldOdoo(bus);
    received += told.values().stream().mapToInt(Integer::intValue).sum();
    doubled += (int) told.values().stream().filter(times -> times > 1).count();
    Row row =
        new Row(Vitals.of(box), published(bus, Double.MAX_VALUE).size(), received, lost, doubled);
    rows.add(row);
    Vitals vitals = row.vitals();
    System.out.printf(
        "%3d:%02d %9d %12d %8d %6d %13d %10d %9d %5d %8d%n",
        seconds / 60,
        seconds % 60,
        vitals.heapKib(),
        vitals.metaspaceKib(),
        vitals.threads(),
        vitals.files(),
        vitals.residentKib(),
        row.published(),
        row.received(),
        row.lost(),
        row.doubled());
  }

  private void judge(BusStandIn bus) {
    Row last = rows.get(rows.size() - 1);
    assertEquals(0, last.lost(), "lost");
    assertEquals(0, last.doubled(), "doubled");
    for (SoakListener each : listeners) {
      assertEquals(null, each.trouble(), each.name);
      assertTrue(each.times().size() > last.published() / 2, each.name + " heard too little");
    }
    Map<Integer, Integer> answers = new HashMap<>();
    for (JsonNode each : bus.confirmations()) {
      if (each.path("session_id").asText().equals("bus") && each.has("action_args")) {
        answers.merge(each.at("/action_args/value").asInt(), 1, Integer::sum);
      }
    }
    asked.keySet().forEach(number -> assertEquals(1, answers.get(number), "action " + number));
    assertTrue(reloads > 0 && plugs > reloads, "nothing happened");
    flat("heap", Vitals::heapKib, 1.15, 3_000);
    flat("classes", Vitals::metaspaceKib, 1.15, 3_000);
    flat("threads", Vitals::threads, 1.0, 8);
    flat("files", Vitals::files, 1.0, 10);
  }

  /**
   * The last third must not be above the first; the very first row is of a box that warms up. What
   * leaks does not come back, so the least of each counts: pages that just left may still hold
   * something at any moment.
   */
  private void flat(String what, ToLongFunction<Vitals> of, double factor, long slack) {
    int third = rows.size() / 3;
    long first = least(rows.subList(1, 1 + third), of);
    long last = least(rows.subList(rows.size() - third, rows.size()), of);
    assertTrue(last <= first * factor + slack, what + " grew from " + first + " to " + last);
  }

  private static long least(List<Row> rows, ToLongFunction<Vitals> of) {
    return rows.stream().map(Row::vitals).mapToLong(of).min().orElseThrow();
  }
}
