package iotbox.tests;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.odoo.bus.BusStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several who use one device at a time, which has something to say itself: each hears of all. */
class TabsTest {
  private static final int ACTIONS = 40;
  private static final Duration SOON = Duration.ofSeconds(30);

  /** Publishes all the time by itself, and echoes. */
  private static final String CHATTY =
      """
      import iotbox.handler.*;
      import java.nio.file.*;

      @ConnectionType("bench")
      public class Chatty extends Driver {
        private int done;

        public static boolean supported(Device device) { return true; }

        public Chatty(String identifier, Device device) {
          super(identifier, device);
          deviceType("scale");
          deviceConnection("serial");
          deviceName(identifier);
        }

        public void run() throws Exception {
          for (int i = 0; !isStopped(); i++) {
            Thread.sleep(20);
            synchronized (data()) {
              data().put("value", "tick " + i);
              deviceChanged();
            }
          }
        }

        @Action("echo")
        public Object echo(ActionData data) throws Exception {
          Thread.sleep(3);
          return data.get("word");
        }

        @Action(value = "wait", deadline = 300)
        public Object await(ActionData data) throws Exception {
          while (!Files.exists(Path.of(data.getString("until")))) {
            Thread.sleep(10);
          }
          return ++done;
        }

        @Action("count")
        public Object count() {
          return ++done;
        }
      }
      """;

  @Test
  void eachTabHearsHowEachActionEndedAndWhoseItWas() throws Exception {
    ExecutorService tabs = Executors.newCachedThreadPool();
    try (OdooStandIn odoo = OdooStandIn.start().serving(chatty());
        BusStandIn bus = OdooWithBus.inFrontOf(odoo, 0);
        BoxProcess box = BoxProcess.start("--odoo", OdooWithBus.pairing(odoo, bus.url()))) {
      BoxClient client = box.client();
      client.awaitDevice("bench1");
      await().atMost(SOON).until(() -> bus.subscriptions().size() == 1);

      List<CompletableFuture<List<JsonNode>>> heard = new ArrayList<>();
      for (String tab : List.of("A", "B")) {
        heard.add(CompletableFuture.supplyAsync(() -> listen(box.client(), tab), tabs));
      }
      List<CompletableFuture<Void>> acting = new ArrayList<>();
      acting.add(CompletableFuture.runAsync(() -> actInTheNewWay(box.client()), tabs));
      acting.add(CompletableFuture.runAsync(() -> actInTheOldWay(box.client()), tabs));
      acting.forEach(CompletableFuture::join);

      List<String> expected = words();
      for (CompletableFuture<List<JsonNode>> events : heard) {
        List<JsonNode> all = events.orTimeout(60, java.util.concurrent.TimeUnit.SECONDS).join();
        List<String> ended = new ArrayList<>();
        for (JsonNode event : all) {
          if (event.has("status")) {
            String word = event.path("result").asText();
            assertEquals(word.substring(0, 1), event.path("owner").asText(), event.toString());
            ended.add(word);
          } else {
            assertTrue(event.path("value").asText().startsWith("tick "), event.toString());
          }
          assertFalse(event.has("action_args"), event.toString());
        }
        assertEquals(expected, ended.stream().sorted().toList(), "each once");
        assertEquals(ofTab("A"), ended.stream().filter(word -> word.startsWith("A")).toList());
      }
      await().atMost(SOON).until(() -> confirmed(bus).size() == 2 * ACTIONS);
      for (JsonNode confirmation : confirmed(bus)) {
        String word = confirmation.path("result").asText();
        assertEquals(word, confirmation.at("/action_args/word").asText(), confirmation.toString());
        assertEquals(word.substring(0, 1), confirmation.path("session_id").asText());
        assertEquals(word.substring(0, 1), confirmation.path("owner").asText());
      }
    } finally {
      tabs.shutdownNow();
    }
  }

  @Test
  void anActionRunsOnceByWhicheverWaysItComes() throws IOException {
    try (OdooStandIn odoo = OdooStandIn.start().serving(chatty());
        BusStandIn bus = OdooWithBus.inFrontOf(odoo, 0);
        BoxProcess box = BoxProcess.start("--odoo", OdooWithBus.pairing(odoo, bus.url()))) {
      BoxClient client = box.client();
      client.awaitDevice("bench1");
      await().atMost(SOON).until(() -> bus.subscriptions().size() == 1);
      Map<String, Object> once = Map.of("action", "count", "action_unique_id", "u-1");

      assertEquals(1, client.action("A", "bench1", once).at("/result/result").asInt());
      assertTrue(client.actionAsText("bench1", once).path("result").asBoolean(), "it took it");
      assertEquals("duplicate", client.action("B", "bench1", once).at("/result/status").asText());
      bus.send(
          41,
          "iot_action",
          Map.of(
              "iot_identifiers", List.of(BoxProcess.IDENTIFIER),
              "device_identifiers", List.of("bench1"),
              "session_id", "bus1",
              "action", "count",
              "action_unique_id", "u-1"));
      await()
          .atMost(SOON)
          .until(
              () ->
                  bus.confirmations().stream()
                      .anyMatch(
                          sent ->
                              sent.path("session_id").asText().equals("bus1")
                                  && sent.path("status").asText().equals("duplicate")));
      Map<String, Object> failing = Map.of("action", "nonsense", "action_unique_id", "u-2");
      assertEquals("error", client.action("A", "bench1", failing).at("/result/status").asText());
      assertEquals(
          "duplicate", client.action("A", "bench1", failing).at("/result/status").asText());
      assertEquals(
          2, client.action("A", "bench1", Map.of("action", "count")).at("/result/result").asInt());
    }
  }

  @Test
  void whatIsMoreThanADeviceCanHaveWaitingIsRefusedAtOnce(@TempDir Path folder) throws IOException {
    try (OdooStandIn odoo = OdooStandIn.start().serving(chatty());
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      BoxClient client = box.client();
      client.awaitDevice("bench1");
      Path until = folder.resolve("until");
      Map<String, Object> waiting = Map.of("action", "wait", "until", until.toString());
      Map<String, Object> more = Map.of("action", "count", "action_unique_id", "more");
      for (int i = 0; i <= 100; i++) {
        assertTrue(client.actionAsText("bench1", waiting).path("result").asBoolean(), "" + i);
      }

      assertFalse(client.actionAsText("bench1", more).path("result").asBoolean());
      JsonNode refused = client.action("A", "bench1", more).path("result");
      assertEquals("error", refused.path("status").asText(), refused.toString());
      assertEquals(
          "bench1 has 100 actions waiting; try again later", refused.path("result").asText());

      Files.createFile(until);
      await()
          .atMost(SOON)
          .until(
              () -> client.action("A", "bench1", Map.of("action", "echo")).at("/result/status"),
              status -> status.asText().equals("success"));
      JsonNode answer = client.action("A", "bench1", more).path("result");
      assertEquals(
          102, answer.path("result").asInt(), "each was done, and this one may come again");
    }
  }

  private static HandlersZip chatty() {
    return HandlersZip.with("interfaces/BenchInterface.java", TestHandlers.INTERFACE)
        .and("drivers/Chatty.java", CHATTY);
  }

  /** Everything from the beginning until the ends of all actions were heard. */
  private static List<JsonNode> listen(BoxClient client, String tab) {
    List<JsonNode> heard = new ArrayList<>();
    double last = 0;
    int ends = 0;
    while (ends < 2 * ACTIONS) {
      JsonNode event = client.poll(tab, last, "bench1").join().path("result");
      if (!event.isObject()) {
        continue;
      }
      assertEquals(tab, event.path("session_id").asText(), event.toString());
      assertTrue(event.path("time").asDouble() > last, event.toString());
      last = event.path("time").asDouble();
      ends += event.has("status") ? 1 : 0;
      heard.add(event);
    }
    return heard;
  }

  private static void actInTheNewWay(BoxClient client) {
    for (String word : ofTab("A")) {
      JsonNode answer =
          client.action("A", "bench1", Map.of("action", "echo", "word", word)).path("result");
      assertEquals("success", answer.path("status").asText(), answer.toString());
      assertEquals(word, answer.path("result").asText());
      assertEquals("A", answer.path("session_id").asText());
      assertEquals("A", answer.path("owner").asText());
    }
  }

  private static void actInTheOldWay(BoxClient client) {
    for (String word : ofTab("B")) {
      JsonNode answer =
          client.call(
              "/hw_drivers/action",
              Map.of(
                  "session_id",
                  "B",
                  "device_identifier",
                  "bench1",
                  "data",
                  BoxClient.text(Map.of("action", "echo", "word", word))));
      assertTrue(answer.path("result").asBoolean(), answer.toString());
    }
  }

  private static List<JsonNode> confirmed(BusStandIn bus) {
    return bus.confirmations().stream().filter(sent -> sent.has("action_args")).toList();
  }

  private static List<String> ofTab(String tab) {
    return IntStream.range(0, ACTIONS).mapToObj(i -> tab + "%02d".formatted(i)).toList();
  }

  private static List<String> words() {
    List<String> words = new ArrayList<>(ofTab("A"));
    words.addAll(ofTab("B"));
    return words;
  }
}
