package iotbox.tests;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.odoo.bus.BusStandIn;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9}, at any moment: what was acknowledged is there after the next start. */
class KillTest {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final int KILLS = Integer.getInteger("kills", 6);
  private static final List<String> DEVICES = List.of("bench1", "bench2", "bench3");

  /** Writes down what it did, so that nobody needs to believe the box. */
  private static final String WITNESS =
      TestHandlers.DRIVER.replaceFirst(
          "@Action\\(\"set\"\\)",
          """
          @Action("print")
            public Object print(ActionData data) throws Exception {
              byte[] line = (data.get("value") + "\\\\n").getBytes();
              java.io.OutputStream paper = new java.io.FileOutputStream("@PAPER@", true);
              try {
                paper.write(line);
              } finally {
                paper.close();
              }
              Thread.sleep(data.getInt("value") % 7);
              return data.get("value");
            }

            @Action("set")""");

  @TempDir private Path folder;
  private Path paper;
  private HandlersZip handlers;

  @BeforeEach
  void prepare() throws IOException {
    paper = Files.writeString(folder.resolve("paper"), "");
    Path devices = Files.write(folder.resolve("devices"), DEVICES);
    handlers =
        HandlersZip.with("interfaces/ListedInterface.java", TestHandlers.interfaceListing(devices))
            .and("drivers/BenchDriver.java", WITNESS.replace("@PAPER@", paper.toString()));
  }

  @Test
  void noActionOfTheBusIsDoneTwiceAndOdooHearsOfAll() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (OdooStandIn odoo = OdooStandIn.start().serving(handlers);
        BusStandIn bus = OdooWithBus.inFrontOf(odoo, 0)) {
      AtomicInteger confirmed = new AtomicInteger();
      bus.answerConfirmations(
          ctx -> {
            int count = confirmed.incrementAndGet();
            Thread.sleep(count % 5);
            if (count % 97 == 0) {
              ctx.status(502);
            } else {
              ctx.contentType("application/json").result(BusStandIn.TAKEN);
            }
          });
      Sender sender = new Sender(bus);
      Set<Integer> acknowledged = new HashSet<>();
      String[] first = {"--odoo", OdooWithBus.pairing(odoo, bus.url())};
      for (int kill = 0; kill < KILLS; kill++) {
        try (BoxProcess box = start(kill == 0 ? first : new String[0])) {
          awaitWork(box, bus, kill + 1);
          sender.repeat();
          long end = System.nanoTime() + random.nextInt(1_500) * 1_000_000L;
          while (System.nanoTime() < end) {
            for (String device : DEVICES) {
              sender.send(device);
            }
            int value = sender.next();
            JsonNode answer = box.client().call("/iot_drivers/action", browser(value));
            assertEquals("success", answer.at("/result/status").asText(), answer.toString());
            acknowledged.add(value);
            Thread.sleep(15); // Odoo must be able to follow.
          }
          box.kill();
        }
        // The handlers are not to blame, as they would be for so many ends in so short a time.
        Files.deleteIfExists(folder.resolve("data/starting"));
      }
      try (BoxProcess box = start()) {
        awaitWork(box, bus, KILLS + 1);
        sender.repeat();
        Set<Integer> all = new HashSet<>(sender.sent());
        all.addAll(acknowledged);
        await()
            .atMost(SOON)
            .untilAsserted(
                () -> {
                  Set<Integer> missing = new TreeSet<>(all);
                  missing.removeAll(told(bus).keySet());
                  assertEquals(Set.of(), missing, "Odoo has not heard of these; seed " + seed);
                });
        box.client().awaitStatus("all told", now -> now.at("/odoo/bus/waiting").asInt() == 0);
      }
      judge(told(bus), sender.sent(), KILLS + confirmed.get() / 97 + 1, "seed " + seed);
    }
  }

  /**
   * Judges.
   *
   * @param doubts how often Odoo's answer did not come: what was sent then is sent again
   */
  private void judge(Map<Integer, List<JsonNode>> told, List<Integer> sent, int doubts, String seed)
      throws IOException {
    List<Integer> printed = Files.readAllLines(paper).stream().map(Integer::valueOf).toList();
    assertEquals(new HashSet<>(printed).size(), printed.size(), seed + ": printed twice");
    int interrupted = 0;
    int repeated = 0;
    for (int value : sent) {
      Set<String> states =
          told.get(value).stream()
              .map(each -> each.path("status").asText() + " " + each.path("time"))
              .collect(Collectors.toSet());
      assertEquals(1, states.size(), seed + ": told differently of " + value + ": " + states);
      repeated += told.get(value).size() - 1;
      if (states.iterator().next().startsWith("success ")) {
        assertTrue(printed.contains(value), seed + ": " + value + " was told of, and not printed");
      } else {
        interrupted++;
        assertTrue(
            told.get(value).get(0).path("message").asText().startsWith("The box was ended"),
            seed + ": " + told.get(value));
      }
    }
    System.out.printf(
        "%d actions of the bus, %d kills: %d interrupted, %d told again%n",
        sent.size(), KILLS, interrupted, repeated);
    assertTrue(repeated <= doubts, seed + ": " + repeated + " told again");
    assertTrue(interrupted < sent.size() / 2, seed + ": " + interrupted + " interrupted");
  }

  private static Map<Integer, List<JsonNode>> told(BusStandIn bus) {
    return bus.confirmations().stream()
        .filter(each -> each.at("/action_args/action").asText().equals("print"))
        .collect(Collectors.groupingBy(each -> each.at("/action_args/value").asInt()));
  }

  private static void awaitWork(BoxProcess box, BusStandIn bus, int subscriptions) {
    DEVICES.forEach(box.client()::awaitDevice);
    await().atMost(SOON).until(() -> bus.subscriptions().size() >= subscriptions);
    box.client().awaitStatus("on the bus", now -> now.at("/odoo/bus/connected").asBoolean());
  }

  private static Map<String, Object> browser(int value) {
    return Map.of(
        "session_id",
        "browser",
        "device_identifier",
        "bench1",
        "data",
        Map.of("action", "print", "value", value));
  }

  private BoxProcess start(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("--data", folder.resolve("data").toString()));
    return BoxProcess.start(all.toArray(new String[0]));
  }

  /** Sends as Odoo does: a box that comes back gets all since the message that it names. */
  private static final class Sender {
    private final BusStandIn bus;
    private final Map<Integer, String> messages = new LinkedHashMap<>();
    private int last;

    Sender(BusStandIn bus) {
      this.bus = bus;
    }

    int next() {
      return ++last;
    }

    void send(String device) {
      int id = next();
      messages.put(id, device);
      bus.send(id, "iot_action", payload(id));
    }

    void repeat() {
      List<JsonNode> subscriptions = bus.subscriptions();
      int since = subscriptions.get(subscriptions.size() - 1).at("/data/last").asInt();
      List<Object> missed = new ArrayList<>();
      for (int id : messages.keySet()) {
        if (id > since) {
          missed.add(BusStandIn.message(id, "iot_action", payload(id)));
        }
      }
      bus.sendText(BusStandIn.text(missed));
    }

    List<Integer> sent() {
      return List.copyOf(messages.keySet());
    }

    private Map<String, Object> payload(int id) {
      return Map.of(
          "iot_identifier",
          BoxProcess.IDENTIFIER,
          "device_identifier",
          messages.get(id),
          "session_id",
          "bus",
          "action",
          "print",
          "value",
          id);
    }
  }

  @Test
  void aPairingThatWasAcknowledgedLastsAndSoDoesItsEnd() {
    try (OdooStandIn odoo = OdooStandIn.start().serving(handlers)) {
      try (BoxProcess box = start()) {
        String body = BoxClient.text(Map.of("token", odoo.pairingUrl()));
        assertEquals(204, box.owner().post("/api/pairing", "application/json", body).statusCode());
        box.kill();
      }
      try (BoxProcess box = start()) {
        box.client().awaitDevice("bench1");
        assertEquals(odoo.url(), box.client().status().at("/odoo/url").asText());
        odoo.hang(30_000);
        BoxClient owner = box.owner();
        HttpResponse<String> parted =
            owner.send(
                owner.request("/api/pairing").header("Content-Type", "application/json").DELETE());
        assertEquals(204, parted.statusCode());
        box.kill();
      }
      try (BoxProcess box = start()) {
        assertEquals("unpaired", box.client().status().at("/odoo/state").asText());
      }
    }
  }

  @Test
  void whatTheOwnerDecidedLasts() {
    String[] options = {"--data", folder.resolve("data").toString()};
    String site = "https://shop.example";
    String next = "the next password";
    try (BoxProcess box = BoxProcess.startAsShipped(options)) {
      String password = box.awaitPassword();
      BoxClient owner = box.client().asOwner(password);
      assertEquals(204, post(owner, "/api/origins", Map.of("origin", site, "allowed", true)));
      assertEquals(204, post(owner, "/api/password", Map.of("present", password, "next", next)));
      box.kill();
    }
    try (BoxProcess box = BoxProcess.startAsShipped(options)) {
      box.client().asOwner(next);
      HttpResponse<String> hello =
          box.client().send(box.client().request("/hw_proxy/hello").header("Origin", site).GET());
      assertEquals(
          site, hello.headers().firstValue("Access-Control-Allow-Origin").orElse("refused"));
    }
  }

  private static int post(BoxClient client, String path, Map<String, ?> body) {
    return client.post(path, "application/json", BoxClient.text(body)).statusCode();
  }

  @Test
  void anActionWithAnIdIsNotDoneAgain() throws IOException {
    Map<String, Object> print =
        Map.of(
            "session_id",
            "browser",
            "device_identifier",
            "bench1",
            "data",
            Map.of("action", "print", "value", 7, "action_unique_id", "sale-7"));
    try (OdooStandIn odoo = OdooStandIn.start().serving(handlers)) {
      try (BoxProcess box = start("--odoo", odoo.pairingUrl())) {
        box.client().awaitDevice("bench1");
        JsonNode answer = box.client().call("/iot_drivers/action", print);
        assertEquals("success", answer.at("/result/status").asText());
        box.kill();
      }
      try (BoxProcess box = start()) {
        box.client().awaitDevice("bench1");
        JsonNode answer = box.client().call("/iot_drivers/action", print);
        assertEquals("duplicate", answer.at("/result/status").asText());
      }
    }
    assertEquals(List.of("7"), Files.readAllLines(paper));
  }

  @Test
  void aLevelOfTheLogThatWasAcknowledgedLasts() {
    try (BoxProcess box = start()) {
      String body = "{\"logger\":\"iotbox.box.event\",\"level\":\"trace\"}";
      int status = box.owner().post("/api/log-levels", "application/json", body).statusCode();
      assertTrue(status == 200 || status == 204, "status " + status);
      box.kill();
    }
    try (BoxProcess box = start()) {
      assertTrue(box.owner().get("/api/log-levels").body().contains("iotbox.box.event"));
    }
  }

  @Test
  void handlersThatAreAtWorkAreThereWithoutOdoo() {
    try (OdooStandIn odoo = OdooStandIn.start().serving(handlers)) {
      try (BoxProcess box = start("--odoo", odoo.pairingUrl())) {
        box.client().awaitDevice("bench3");
        box.kill();
      }
      odoo.breakConnections();
      try (BoxProcess box = start()) {
        box.client().awaitDevice("bench3");
      }
    }
  }
}
