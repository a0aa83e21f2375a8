package iotbox.box.odoo.bus;

import static iotbox.box.odoo.bus.BusFixture.lists;
import static iotbox.box.odoo.bus.BusFixture.single;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import iotbox.box.json.Json;
import iotbox.box.odoo.FaultyNetwork;
import iotbox.box.odoo.wire.OdooConnection;
import iotbox.handler.ActionData;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BusTest {
  @TempDir private Path folder;
  private final BusStandIn odoo = new BusStandIn();
  private BusFixture box;

  @BeforeEach
  void start() {
    box = new BusFixture(folder);
  }

  @AfterEach
  void stop() {
    box.close();
    odoo.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"16.0", "17.0", "18.0", "saas~18.2"})
  void subscribesToTheChannelUpTo18(String line) {
    box.subscribed(line, odoo);

    JsonNode sent = odoo.subscriptions().get(0);
    assertEquals("subscribe", sent.path("event_name").asText());
    assertEquals("[\"" + BusFixture.CHANNEL + "\"]", sent.at("/data/channels").toString());
    assertEquals(0, sent.at("/data/last").asInt(-1));
    boolean byMac = line.equals("16.0") || line.equals("17.0");
    assertEquals(byMac ? BusFixture.MAC : BusFixture.BOX, sent.at("/data/identifier").asText());
    assertFalse(sent.toString().contains(BusFixture.TOKEN), "the token belongs to 19 and later");
    assertEquals("OdooIoTBox/1.0", odoo.handshakes().get(0).get("User-Agent"));
    assertNull(odoo.handshakes().get(0).get("Cookie"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"19.0", "saas~19.1", "master"})
  void subscribesWithTheTokenFrom19On(String line) {
    box.subscribed(line, odoo);

    JsonNode data = odoo.subscriptions().get(0).path("data");
    assertEquals("[]", data.path("channels").toString());
    assertEquals(BusFixture.TOKEN, data.path("iot_token").asText());
  }

  @Test
  void serversBefore16HaveNoBus() {
    box.join("13.0", odoo.url(), null);
    box.join("15.0", odoo.url(), null);
    box.subscribed("16.0", odoo); // Had the others been tried, they would be seen by now.

    assertEquals(1, odoo.handshakes().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 302})
  void takesTheSessionOfTheDatabase(int status) {
    odoo.answerLogin(status);
    box.join("19.0", odoo.url(), "shop & co");

    await().until(() -> !odoo.subscriptions().isEmpty());
    assertEquals("session_id=" + BusStandIn.SESSION, odoo.handshakes().get(0).get("Cookie"));
    assertEquals("shop & co", odoo.handshakes().get(0).get("X-Odoo-Database"));
  }

  @Test
  void goesWithoutASessionWhereThereIsNone() {
    odoo.answerLogin(404);
    box.join("19.0", odoo.url(), "shop");

    await().until(() -> !odoo.subscriptions().isEmpty());
    assertNull(odoo.handshakes().get(0).get("Cookie"));
  }

  @Test
  void waitsForASessionOfAServerThatStarts() {
    odoo.answerLogin(502);
    box.join("19.0", odoo.url(), "shop");
    await().during(Duration.ofMillis(200)).until(() -> odoo.handshakes().isEmpty());
    odoo.answerLogin(200);

    await().until(() -> odoo.subscriptions().size() == 1);
  }

  @Test
  void carriesOutAnActionAndConfirmsItAsARealBoxDoes() {
    box.plug("bench1", "scale");
    box.subscribed("19.0", odoo);
    odoo.send("iot_action", single("bench1", "set", 5));

    await().until(() -> odoo.confirmations().size() == 1);
    JsonNode body = odoo.confirmations().get(0);
    assertEquals("success", body.path("status").asText());
    assertEquals(5, body.path("result").asInt());
    assertEquals(5, body.path("value").asInt());
    assertEquals("tab1", body.path("owner").asText());
    assertEquals("tab1", body.path("session_id").asText());
    assertEquals("bench1", body.path("device_identifier").asText());
    assertEquals(BusFixture.BOX, body.path("iot_box_identifier").asText());
    assertTrue(body.path("time").asDouble() > 1.7e9, body.toString());
    assertEquals("set", body.at("/action_args/action").asText());
    assertEquals(BusFixture.BOX, body.at("/action_args/iot_identifier").asText());
  }

  @Test
  void actsOnEachDeviceOfAList() {
    box.plug("a", "scale");
    box.plug("b", "scale");
    box.subscribed("18.0", odoo);
    Map<String, Object> payload = new LinkedHashMap<>(lists("a", "set", 1));
    payload.put("device_identifiers", List.of("a", "b", "nowhere"));
    payload.put("action_unique_id", "u1");
    odoo.send("iot_action", payload);

    await().until(() -> odoo.confirmations().size() == 3);
    assertEquals(List.of("a set 1", "b set 1"), sorted(box.asked.actions));
    assertEquals(
        List.of("a success", "b success", "nowhere disconnected"),
        sorted(statuses(odoo.confirmations())));
  }

  @Test
  void confirmsWhatFails() {
    box.plug("bench1", "scale");
    box.subscribed("19.0", odoo);
    odoo.send("iot_action", single("bench1", "break", 1));

    await().until(() -> odoo.confirmations().size() == 1);
    assertEquals("error", odoo.confirmations().get(0).path("status").asText());
    assertTrue(odoo.confirmations().get(0).path("result").asText().contains("out of paper"));
  }

  @Test
  void tellsNewServersThatAPrinterIsAtIt() {
    box.plug("printer1", "printer");
    box.subscribed("19.1", odoo);
    odoo.send("iot_action", single("printer1", "", 1));
    odoo.send("iot_action", single("printer1", "break", 2));

    await().until(() -> odoo.confirmations().size() == 2);
    assertEquals("success", odoo.confirmations().get(0).path("status").asText());
    assertEquals("pending", odoo.confirmations().get(0).path("result").asText());
    assertEquals("error", odoo.confirmations().get(1).path("status").asText());
    assertTrue(odoo.confirmations().get(1).path("message").asText().contains("out of paper"));
    staysAt(2);
  }

  /** Servers up to 19.0 take the first confirmation for the end. */
  @Test
  void confirmsWhatAPrinterHasDoneWhenItHasDoneIt() {
    box.plug("printer1", "printer");
    box.subscribed("18.0", odoo);
    odoo.send("iot_action", BusFixture.lists("printer1", "", 1));
    await().until(() -> box.asked.actions.size() == 1);
    staysAt(0);
    end("tab2", "success", null);
    end("tab1", "warning", "WARNING_LOW_PAPER");
    end("tab1", "error", "ERROR_NO_PAPER");

    await().until(() -> odoo.confirmations().size() == 3);
    JsonNode told = odoo.confirmations().get(2);
    assertEquals("error", told.path("status").asText());
    assertEquals("ERROR_NO_PAPER", told.path("message").asText());
    assertEquals("tab1", told.path("session_id").asText());
    staysAt(3);
  }

  @Test
  void confirmsAPrinterThatIsDoneBeforeItsActionHasReturned() {
    box.plug("printer1", "printer");
    box.subscribed("18.0", odoo);
    Map<String, Object> action = new LinkedHashMap<>(BusFixture.lists("printer1", "end", 1));
    action.put("of", "tab1");
    action.put("as", "success");
    odoo.send("iot_action", action);

    await().until(() -> odoo.confirmations().size() == 1);
    assertEquals("success", odoo.confirmations().get(0).path("status").asText());
    staysAt(1);
  }

  /** Not that of the job before, which is still being printed. */
  @Test
  void confirmsAtOnceThatAPrinterDoesNotTakeAJob() {
    box.plug("printer1", "printer");
    box.subscribed("18.0", odoo);
    odoo.send("iot_action", BusFixture.lists("printer1", "", 1));
    Map<String, Object> refused = new LinkedHashMap<>(lists("printer1", "break", 2));
    refused.put("document", "aGVsbG8=");
    odoo.send("iot_action", refused);

    await().until(() -> odoo.confirmations().size() == 1);
    JsonNode told = odoo.confirmations().get(0);
    assertEquals("error", told.path("status").asText(), told.toString());
    assertTrue(told.path("message").asText().contains("out of paper"), told.toString());
    assertEquals("break", told.at("/action_args/action").asText());
    assertFalse(told.path("action_args").has("document"), "nobody wants it back");
    staysAt(1);
    end("tab1", "success", null);
    await().until(() -> odoo.confirmations().size() == 2);
    assertEquals("success", odoo.confirmations().get(1).path("status").asText());
    staysAt(2);
  }

  private void end(String session, String status, String message) {
    Map<String, Object> action = new LinkedHashMap<>();
    action.put("action", "end");
    action.put("of", session);
    action.put("as", status);
    action.put("message", message);
    box.devices.action("printer1", ActionData.of(action, null)).join();
  }

  @Test
  void tellsOfEventsThatNoActionOfTheBusCaused() {
    box.plug("bench1", "scale");
    box.subscribed("18.0", odoo);
    box.devices.action("bench1", ActionData.of(Map.of("action", "tell"), "browser")).join();

    await().until(() -> odoo.confirmations().size() == 2);
    JsonNode told = odoo.confirmations().get(0);
    assertEquals("told", told.path("value").asText());
    assertEquals("success", told.path("status").asText(), "Odoo takes none without a status");
    assertEquals("browser", told.path("session_id").asText());
    assertFalse(told.has("action_args"));
  }

  @Test
  void ignoresMessagesForOthersAndOfUnknownTypes() {
    box.plug("bench1", "scale");
    box.subscribed("19.0", odoo);
    odoo.send("iot_action", Map.of("iot_identifier", "another", "device_identifier", "bench1"));
    odoo.send("iot_action", Map.of("iot_identifiers", List.of("x"), "device_identifier", "bench1"));
    odoo.send("iot_action", Map.of("device_identifier", "bench1", "action", "set"));
    odoo.send("operation_confirmation", Map.of("iot_identifier", BusFixture.BOX));
    odoo.send("iot_action", single("bench1", "set", 7));

    await().until(() -> odoo.confirmations().size() == 1);
    assertEquals(List.of("bench1 set 7"), box.asked.actions);
  }

  @Test
  void printsFor17AndConfirmsAtItsAddress() {
    box.plug("printer1", "printer");
    box.subscribed("17.0", odoo);
    Map<String, Object> payload =
        Map.of(
            "iotDevice",
            Map.of(
                "iotIdentifiers", List.of(BusFixture.MAC.toUpperCase()),
                "identifiers", List.of(Map.of("identifier", "printer1"))),
            "document",
            "aGVsbG8=",
            "print_id",
            "p-1");
    odoo.send("print", payload);
    await().until(() -> box.asked.actions.size() == 1);
    assertEquals(0, odoo.posted().size(), "it is not printed yet");
    end(null, "success", null);

    await().until(() -> odoo.posted().size() == 1);
    assertEquals(BusStandIn.PRINT_STATUS, odoo.posted().get(0).path());
    JsonNode body = odoo.confirmations().get(0);
    assertEquals("p-1", body.path("print_id").asText());
    assertEquals("printer1", body.path("device_identifier").asText());
    assertEquals(BusFixture.MAC, body.path("iot_mac").asText());
    assertEquals(2, box.asked.actions.size());
  }

  @Test
  void a17ServerHearsOfNothingElse() {
    box.plug("bench1", "scale");
    box.subscribed("17.0", odoo);
    odoo.send("iot_action", lists("bench1", "set", 3));
    odoo.send("test_protocol", lists("bench1", "", 0));
    odoo.send("iot_action", lists("nowhere", "set", 3));

    await().until(() -> box.asked.actions.size() == 1);
    staysAt(0);
  }

  @Test
  void aRepeatedMessageRunsOnce() {
    box.plug("bench1", "scale");
    box.subscribed("19.0", odoo);
    odoo.send(7, "iot_action", single("bench1", "set", 1));
    odoo.send(7, "iot_action", single("bench1", "set", 1));
    odoo.send(8, "iot_action", single("bench1", "set", 2));

    await().until(() -> odoo.confirmations().size() == 2);
    assertEquals(List.of("bench1 set 1", "bench1 set 2"), box.asked.actions);
  }

  @Test
  void aMessageThatComesLateIsNotLost() {
    box.plug("bench1", "scale");
    box.subscribed("19.0", odoo);
    odoo.send(8, "iot_action", single("bench1", "set", 8));
    odoo.send(7, "iot_action", single("bench1", "set", 7));
    odoo.send(7, "iot_action", single("bench1", "set", 7));

    await().until(() -> odoo.confirmations().size() == 2);
    odoo.drop();
    await().until(() -> odoo.subscriptions().size() == 2);
    assertEquals(8, odoo.subscriptions().get(1).at("/data/last").asInt());
    assertEquals(List.of("bench1 set 8", "bench1 set 7"), box.asked.actions);
  }

  @Test
  void anActionThatABrowserSentBeforeIsADuplicate() {
    box.plug("bench1", "scale");
    box.subscribed("19.0", odoo);
    Map<String, Object> payload = new LinkedHashMap<>(single("bench1", "set", 1));
    payload.put("action_unique_id", "u1");
    box.devices.action("bench1", ActionData.of(payload, "tab1")).join();
    odoo.send("iot_action", payload);

    await().until(() -> odoo.confirmations().size() == 2);
    assertEquals(List.of("bench1 success", "bench1 duplicate"), statuses(odoo.confirmations()));
    assertEquals(1, box.asked.actions.size());
  }

  @Test
  void runsOnceAndConfirmsOnceWhenTheConnectionDropsInBetween() {
    box.plug("bench1", "scale");
    box.asked.gate = new CountDownLatch(1);
    box.subscribed("19.0", odoo);
    odoo.send(7, "iot_action", single("bench1", "set", 1));
    await().until(() -> box.asked.actions.size() == 1);
    odoo.drop();
    await().until(() -> odoo.subscriptions().size() == 2);
    assertEquals(7, odoo.subscriptions().get(1).at("/data/last").asInt());
    odoo.send(7, "iot_action", single("bench1", "set", 1));
    odoo.send(8, "iot_action", single("bench1", "set", 2));
    box.asked.gate.countDown();

    await().until(() -> odoo.confirmations().size() == 2);
    assertEquals(List.of("bench1 set 1", "bench1 set 2"), box.asked.actions);
    staysAt(2);
  }

  @Test
  void theLastMessageOutlivesARestart() {
    box.plug("bench1", "scale");
    box.subscribed("19.0", odoo);
    odoo.send(7, "iot_action", single("bench1", "set", 1));
    odoo.send(12, "iot_action", Map.of("iot_identifier", "another"));
    odoo.send(13, "iot_action", single("bench1", "set", 3));
    await().until(() -> odoo.confirmations().size() == 2);
    box.close();
    box = new BusFixture(folder);
    box.plug("bench1", "scale");
    box.subscribed("19.0", odoo);

    assertEquals(13, odoo.subscriptions().get(1).at("/data/last").asInt());
    odoo.send(7, "iot_action", single("bench1", "set", 1));
    odoo.send(13, "iot_action", single("bench1", "set", 3));
    odoo.send(14, "iot_action", single("bench1", "set", 4));
    await().until(() -> odoo.confirmations().size() == 3);
    assertEquals(List.of("bench1 set 4"), box.asked.actions);
  }

  @Test
  void aMessageIsRememberedOnDiskBeforeItIsCarriedOut() throws Exception {
    box.plug("bench1", "scale");
    box.asked.gate = new CountDownLatch(1);
    box.subscribed("19.0", odoo);
    odoo.send(7, "iot_action", single("bench1", "set", 1));
    await().until(() -> box.asked.actions.size() == 1);

    assertEquals(7, Json.MAPPER.readTree(folder.resolve("bus.json").toFile()).path("last").asInt());
    box.asked.gate.countDown();
  }

  @Test
  void anotherServerCountsForItself() {
    box.subscribed("19.0", odoo);
    odoo.send(50, "iot_action", single("nowhere", "set", 1));
    await().until(() -> odoo.confirmations().size() == 1);
    try (BusStandIn other = new BusStandIn()) {
      box.bus.parted();
      box.subscribed("19.0", other);

      assertEquals(0, other.subscriptions().get(0).at("/data/last").asInt(-1));
      await().until(() -> odoo.connected() == 0);
    }
  }

  @Test
  void aBoxThatWasJustAcceptedWaitsForItsFirstDevices() {
    BusPace patient =
        new BusPace(
            BusFixture.FAST.ping(),
            BusFixture.FAST.retryFirst(),
            BusFixture.FAST.retryLongest(),
            BusFixture.FAST.handshake(),
            Duration.ofSeconds(30));
    try (BusFixture booting = new BusFixture(folder.resolve("booting"), patient)) {
      OdooConnection accepted = booting.join("19.0", odoo.url(), null);
      await().during(Duration.ofMillis(200)).until(() -> odoo.handshakes().isEmpty());
      booting.bus.connected(accepted); // Told of the devices.

      await().until(() -> odoo.subscriptions().size() == 1);
    }
  }

  @Test
  void unpairingEndsTheConnectionAndForgets() {
    box.subscribed("19.0", odoo);
    odoo.send(50, "iot_action", single("nowhere", "set", 1));
    await().until(() -> odoo.confirmations().size() == 1);
    box.bus.unpaired();

    await().until(() -> odoo.connected() == 0);
    assertFalse(box.bus.status().connected());
    box.subscribed("19.0", odoo);
    assertEquals(0, odoo.subscriptions().get(1).at("/data/last").asInt(-1));
  }

  @Test
  void garbageDoesNotEndTheConnection() {
    box.plug("bench1", "scale");
    box.subscribed("19.0", odoo);
    for (String frame :
        List.of(
            "",
            "no json",
            "null",
            "7",
            "{}",
            "[]",
            "[null, 3, {}, {\"id\":\"x\",\"message\":{\"type\":\"iot_action\"}}]",
            "[{\"id\":1}]",
            "[{\"id\":2,\"message\":{\"type\":7}}]",
            "[{\"id\":3,\"message\":{\"type\":\"iot_action\",\"payload\":[1]}}]",
            "[{\"id\":4,\"message\":{\"type\":\"iot_action\",\"payload\":{\"iot_identifier\":\"box-1\","
                + "\"device_identifier\":[7],\"session_id\":{},\"iotDevice\":5}}}]",
            "[".repeat(5000))) {
      odoo.sendText(frame);
    }
    odoo.sendText(
        BusStandIn.text(
            List.of("rubbish", BusStandIn.message(9, "iot_action", single("bench1", "set", 9)))));

    await().until(() -> odoo.confirmations().size() == 1);
    assertEquals(1, odoo.handshakes().size());
  }

  @Test
  void aHugeMessageEndsTheConnectionAndNotTheBox() {
    box.plug("bench1", "scale");
    box.subscribed("19.0", odoo);
    odoo.send("iot_action", single("bench1", "set", "x".repeat(4 << 20)));
    await().atMost(Duration.ofSeconds(20)).until(() -> odoo.confirmations().size() == 1);
    odoo.sendText("x".repeat(BusConnection.LARGEST_MESSAGE + (1 << 20)));

    await().atMost(Duration.ofSeconds(20)).until(() -> odoo.subscriptions().size() == 2);
    odoo.send("iot_action", single("bench1", "set", 2));
    await().until(() -> odoo.confirmations().size() == 2);
  }

  @Test
  void comesBackAfterAPoliteEndAndAfterASilentOne() {
    box.subscribed("19.0", odoo);
    odoo.closePolitely();
    await().until(() -> odoo.subscriptions().size() == 2);
    odoo.drop();
    await().until(() -> odoo.subscriptions().size() == 3);
    await().until(() -> box.bus.status().connected());
  }

  @Test
  void aServerThatWasAwayIsNoticedAndToldWhatWaited() {
    box.plug("bench1", "scale");
    box.subscribed("19.0", odoo);
    odoo.stop();
    await().until(() -> !box.bus.status().connected());
    assertNull(box.bus.status().since());
    for (int i = 1; i <= 5; i++) {
      box.devices
          .action("bench1", ActionData.of(Map.of("action", "set", "value", i), "tab"))
          .join();
    }
    assertEquals(5, box.bus.status().waiting());
    try (BusStandIn back = new BusStandIn(odoo.port(), ctx -> ctx.status(404))) {
      await().until(() -> back.confirmations().size() == 5);
      await().until(() -> back.subscriptions().size() == 1);
      assertEquals(
          List.of(1, 2, 3, 4, 5),
          back.confirmations().stream().map(each -> each.path("result").asInt()).toList());
      await().until(() -> box.bus.status().waiting() == 0);
      assertEquals(0, box.bus.status().dropped());
    }
  }

  @Test
  void aConnectionThatDiedSilentlyIsNoticed() throws Exception {
    try (FaultyNetwork way = new FaultyNetwork(odoo.port())) {
      box.join("19.0", way.url(), null);
      await().until(() -> odoo.subscriptions().size() == 1);
      // As long as the other end answers, it is not given up.
      AtomicInteger seen = new AtomicInteger();
      await()
          .during(FAST_PINGS.multipliedBy(4))
          .until(() -> seen.getAndSet(odoo.handshakes().size()) == odoo.handshakes().size());
      int before = odoo.subscriptions().size();
      way.silenceWhatIsOpen();

      await().until(() -> odoo.subscriptions().size() > before);
    }
  }

  @Test
  void aConnectionThatMayBeDeadIsNotKeptWhenTheServerIsBack() throws Exception {
    BusPace seldomPings =
        new BusPace(
            Duration.ofMinutes(5),
            BusFixture.FAST.retryFirst(),
            BusFixture.FAST.retryLongest(),
            BusFixture.FAST.handshake(),
            BusFixture.FAST.settle());
    try (BusFixture patient = new BusFixture(folder, seldomPings);
        FaultyNetwork way = new FaultyNetwork(odoo.port())) {
      OdooConnection connection = patient.join("19.0", way.url(), null);
      await().until(() -> patient.bus.status().connected());
      way.silenceWhatIsOpen();
      patient.bus.lost();
      patient.bus.connected(connection);

      await().until(() -> odoo.subscriptions().size() == 2);
      patient.bus.connected(connection);
      await().during(Duration.ofMillis(200)).until(() -> odoo.handshakes().size() == 2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void staysWithTheServerWhenItSendsTheBoxElsewhere(int status) throws Exception {
    AtomicInteger asked = new AtomicInteger();
    HttpServer here = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    here.createContext(
        "/websocket",
        exchange -> {
          exchange.getResponseHeaders().set("Location", odoo.url() + "/websocket");
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
          asked.incrementAndGet();
        });
    here.start();
    try {
      box.join("19.0", "http://127.0.0.1:" + here.getAddress().getPort(), null);
      await().until(() -> asked.get() >= 3);
      assertEquals(List.of(), odoo.handshakes());
      assertFalse(box.bus.status().connected());
    } finally {
      here.stop(0);
    }
  }

  private static final Duration FAST_PINGS = BusFixture.FAST.ping();

  @Test
  void theRealPaceNoticesADeadConnectionAndAReturningServerInTime() {
    BusPace real = BusPace.NORMAL;
    // OkHttp gives up when the next ping is due and the last has no answer.
    assertTrue(real.ping().multipliedBy(2).compareTo(Duration.ofSeconds(60)) < 0);
    assertTrue(real.retryLongest().compareTo(Duration.ofSeconds(15)) < 0);
    assertTrue(real.handshake().plus(real.retryFirst()).compareTo(Duration.ofSeconds(15)) < 0);
  }

  @Test
  void aServerThatNeverAnswersTheHandshakeIsTriedAgain() throws Exception {
    BusPace impatient =
        new BusPace(
            Duration.ofSeconds(5),
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofMillis(300),
            Duration.ZERO);
    try (BusFixture waiting = new BusFixture(folder.resolve("other"), impatient);
        ServerSocket mute = new ServerSocket(0)) {
      waiting.join("19.0", "http://127.0.0.1:" + mute.getLocalPort(), null);
      mute.setSoTimeout(5000);
      Socket first = mute.accept();
      Socket second = mute.accept();
      assertEquals(-1, drained(first), "given up");
      second.close();
    }
  }

  /** The end of what a connection brought. */
  private static int drained(Socket socket) throws IOException {
    int value = socket.getInputStream().read();
    while (value >= 0) {
      value = socket.getInputStream().read();
    }
    return value;
  }

  @ParameterizedTest
  @ValueSource(strings = {"test_protocol", "restart_odoo"})
  void confirmsThatItDidWhatWasAskedOfTheBox(String type) {
    box.subscribed("19.0", odoo);
    odoo.send(type, Map.of("iot_identifier", BusFixture.BOX, "session_id", "s1"));

    JsonNode body = onlyConfirmation();
    assertEquals("success", body.path("status").asText());
    assertEquals("s1", body.path("session_id").asText());
    assertEquals(BusFixture.BOX, body.path("device_identifier").asText());
    assertEquals(type.equals("restart_odoo") ? List.of("restart") : List.of(), box.link);
  }

  @Test
  void measuresTheConnectionToTheServer() throws Exception {
    try (BusStandIn answering =
        new BusStandIn(
            0,
            ctx ->
                ctx.contentType("application/json")
                    .result("{\"jsonrpc\":\"2.0\",\"result\":{\"server_serie\":\"19.0\"}}"))) {
      box.subscribed("19.0", answering);
      answering.send("test_connection", Map.of("iot_identifier", BusFixture.BOX));

      await().until(() -> answering.confirmations().size() == 1);
      JsonNode result = answering.confirmations().get(0).path("result");
      assertTrue(
          List.of("fast", "normal", "slow").contains(result.path("wan_quality").asText()),
          result.toString());
      assertTrue(result.path("lan_quality").isNull(), "nothing is measured there");
    }
  }

  @Test
  void saysThatTheServerDoesNotAnswerTheTest() {
    box.subscribed("19.0", odoo);
    odoo.send("test_connection", Map.of("iot_identifier", BusFixture.BOX));

    assertEquals("unreachable", onlyConfirmation().at("/result/wan_quality").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"remote_debug", "reset_password"})
  void refusesWhatOnlyAHostOfItsOwnCanDo(String type) {
    box.subscribed("19.0", odoo);
    odoo.send(type, Map.of("iot_identifier", BusFixture.BOX, "token", "ngrok"));

    JsonNode body = onlyConfirmation();
    assertEquals("error", body.path("status").asText());
    assertTrue(body.path("message").asText().contains(type), body.toString());
    assertEquals("0", body.path("session_id").asText());
  }

  @Test
  void tellsThatRemoteDebuggingIsOff() {
    box.subscribed("19.0", odoo);
    odoo.send("remote_debug", Map.of("iot_identifier", BusFixture.BOX, "status", true));

    JsonNode body = onlyConfirmation();
    assertEquals("success", body.path("status").asText());
    assertFalse(body.at("/result/enabled").asBoolean(true));
  }

  @Test
  void passesOnWhatConcernsThePairing() {
    box.subscribed("19.0", odoo);
    Map<String, Object> me = Map.of("iot_identifier", BusFixture.BOX);
    odoo.send(
        "server_update",
        Map.of("iot_identifier", BusFixture.BOX, "server_url", "https://new.example"));
    odoo.send(
        "server_update",
        Map.of("iot_identifier", BusFixture.BOX, "server_url", "ftp://new.example"));
    odoo.send("server_update", me);
    odoo.send("toggle_custom_handlers", me);
    odoo.send("webrtc_offer", me);
    odoo.send("bundle_changed", Map.of("server_version", "19.0"));
    odoo.send("server_clear", Map.of("iot_identifier", "another"));
    odoo.send("server_clear", me);

    await().until(() -> box.link.contains("unpair"));
    assertEquals(List.of("moved https://new.example", "handlersChanged", "unpair"), box.link);
    staysAt(0);
  }

  @Test
  void pagesMayTestTheBoxAndNothingElse() {
    for (String action : List.of("server_clear", "server_update", "restart_odoo", "other")) {
      assertEquals("error", box.bus.boxActions().forPage(action).join().status().word());
    }
    assertEquals("success", box.bus.boxActions().forPage("test_protocol").join().status().word());
    assertEquals("success", box.bus.boxActions().forPage("test_connection").join().status().word());
    assertEquals(List.of(), box.link);
  }

  @Test
  void whoeverIsVouchedForMayWhatOdoosBusMay() {
    BoxActions actions = box.bus.boxActions();
    for (String done : List.of("server_clear", "restart_odoo", "test_protocol")) {
      assertEquals("success", vouched(actions, Map.of("action", done)));
    }
    assertEquals(
        "success",
        vouched(actions, Map.of("action", "server_update", "server_url", "https://new.example")));
    assertEquals(List.of("unpair", "restart", "moved https://new.example"), box.link);

    for (Map<String, Object> refused :
        List.<Map<String, Object>>of(
            Map.of("action", "server_update"),
            Map.of("action", "server_update", "server_url", "ftp://new.example"),
            Map.of("action", "reset_password"),
            Map.of("action", "other"))) {
      assertEquals("error", vouched(actions, refused));
    }
    assertFalse(box.link.contains("moved ftp://new.example"));
  }

  private static String vouched(BoxActions actions, Map<String, Object> data) {
    return actions.forVouchedPage(ActionData.of(data, "page")).join().status().word();
  }

  private JsonNode onlyConfirmation() {
    await().until(() -> odoo.confirmations().size() == 1);
    return odoo.confirmations().get(0);
  }

  /** Waits for a time in which one too many would have come. */
  private void staysAt(int confirmations) {
    await()
        .during(Duration.ofMillis(200))
        .until(() -> odoo.confirmations().size() == confirmations);
  }

  private static List<String> statuses(List<JsonNode> bodies) {
    return bodies.stream()
        .map(body -> body.path("device_identifier").asText() + " " + body.path("status").asText())
        .toList();
  }

  private static List<String> sorted(List<String> list) {
    return list.stream().sorted().toList();
  }
}
