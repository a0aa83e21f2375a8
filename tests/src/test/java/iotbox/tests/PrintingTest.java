package iotbox.tests;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.odoo.bus.BusStandIn;
import iotbox.stock.printer.NetworkPrinter;
import iotbox.stock.printer.Pictures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Odoo prints by the box: pages, points of sale and the server, each by its way. */
class PrintingTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final byte[] PICTURE = Pictures.png(Pictures.noise(576, 300, 3));
  private static final String RECEIPT = Base64.getEncoder().encodeToString(PICTURE);

  @TempDir static Path folder;
  private static NetworkPrinter printer;
  private static Path direct;
  private static OdooStandIn odoo;
  private static BusStandIn bus;
  private static BoxProcess box;
  private static int message = 100;

  @BeforeAll
  static void start() throws Exception {
    printer = NetworkPrinter.escPos();
    direct = Files.createFile(folder.resolve("lp0"));
    odoo = OdooStandIn.start("19.0");
    bus = OdooWithBus.inFrontOf(odoo, 0);
    box =
        BoxProcess.start(
            "--odoo",
            OdooWithBus.pairing(odoo, bus.url()),
            "--printer",
            "till=" + printer.uri(),
            "--printer",
            "counter=file:" + direct);
    box.client().awaitDevice("till");
    box.client().awaitDevice("counter");
    await().atMost(SOON).until(() -> bus.subscriptions().size() == 1);
    assertTrue(act("owner", Map.of("action", "update_kind", "kind", "receipt_printer")));
  }

  @AfterAll
  static void stop() throws Exception {
    box.close();
    bus.close();
    odoo.close();
    printer.close();
  }

  private static boolean act(String session, Map<String, ?> data) {
    return box.client().action(session, "till", data).path("result").asBoolean();
  }

  @Test
  void odooKnowsThePrinterAndItsKind() {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              List<JsonNode> setups = odoo.setups();
              JsonNode till = setups.get(setups.size() - 1).at("/devices/till");
              assertEquals("printer", till.path("type").asText());
              assertEquals("receipt_printer", till.path("subtype").asText());
              assertEquals("network", till.path("connection").asText());
            });
  }

  @Test
  void aPageHearsWhatBecameOfItsReceipt() throws Exception {
    int before = printer.paper().pieces().size();
    JsonNode event =
        printAndHear("page1", Map.of("action", "print_receipt", "receipt", RECEIPT), 0);
    assertEquals("success", event.path("status").asText(), event.toString());
    assertEquals("page1", event.path("owner").asText());
    assertFalse(event.has("receipt"));
    Pictures.assertShows(Pictures.read(PICTURE), printer.paper().pieces().get(before));
  }

  @Test
  void aReceiptThatFailedIsPrintedWhenThePersonWantsItAgain() throws Exception {
    int before = printer.paper().pieces().size();
    Map<String, Object> action =
        Map.of("action", "print_receipt", "receipt", RECEIPT, "action_unique_id", "order-1");
    printer.cover(true);
    JsonNode failed;
    try {
      failed = printAndHear("page2", action, 0);
    } finally {
      printer.cover(false);
    }
    assertEquals("error", failed.path("status").asText(), failed.toString());
    assertEquals("ERROR_OFFLINE", failed.path("message").asText());
    JsonNode again = printAndHear("page2", action, failed.path("time").asDouble());
    assertEquals("success", again.path("status").asText(), again.toString());
    assertEquals(before + 1, printer.paper().pieces().size());
    act("page2", action);
    JsonNode last =
        printAndHear("page2", Map.of("action", "cashbox"), again.path("time").asDouble());
    assertEquals("success", last.path("status").asText(), last.toString());
    assertEquals(before + 1, printer.paper().pieces().size(), "what was printed is not again");
  }

  /** Its page is told by this line of Odoo only that the printer took it. */
  @Test
  void aReceiptThatIsNotEvenTakenIsToldAsOneThatFailed() throws Exception {
    int before = printer.paper().pieces().size();
    Map<String, Object> action = new HashMap<>();
    action.putAll(Map.of("action", "print_receipt", "receipt", "§", "action_unique_id", "order-3"));
    JsonNode failed = printAndHear("page4", action, 0);
    assertEquals("error", failed.path("status").asText(), failed.toString());
    assertEquals("ERROR_FAILED", failed.path("message").asText());
    assertTrue(failed.path("detail").asText().contains("not base64"), failed.toString());
    assertFalse(failed.has("action_args"), failed.toString());
    action.put("receipt", RECEIPT);
    JsonNode again = printAndHear("page4", action, failed.path("time").asDouble());
    assertEquals("success", again.path("status").asText(), again.toString());
    assertEquals(before + 1, printer.paper().pieces().size());
  }

  @Test
  void aReceiptThatWasPerhapsPrintedIsNotPrintedAgainByTheSameAction() throws Exception {
    Map<String, Object> action =
        Map.of("action", "print_receipt", "receipt", RECEIPT, "action_unique_id", "order-2");
    printer.hangUpAfter(2_000);
    JsonNode lost;
    try {
      lost = printAndHear("page3", action, 0);
    } finally {
      printer.hangUpAfter(Long.MAX_VALUE);
    }
    assertEquals("ERROR_UNKNOWN", lost.path("message").asText(), lost.toString());
    assertFalse(lost.has("may_repeat"), lost.toString());
    int before = printer.paper().pieces().size();
    act("page3", action);
    JsonNode last =
        printAndHear("page3", Map.of("action", "cashbox"), lost.path("time").asDouble());
    while (!last.path("action_unique_id").isMissingNode()) {
      last = printAndHear("page3", Map.of("action", "cashbox"), last.path("time").asDouble());
    }
    assertEquals(before, printer.paper().pieces().size(), "the same action was done again");
  }

  /** The first event for this session since then. */
  private static JsonNode printAndHear(String session, Map<String, ?> action, double since)
      throws Exception {
    CompletableFuture<JsonNode> poll = box.client().poll(session, since, "till");
    assertTrue(act(session, action));
    while (true) {
      JsonNode event = poll.get(20, TimeUnit.SECONDS).path("result");
      if (event.path("owner").asText().equals(session)) {
        return event;
      }
      poll = box.client().poll(session, event.path("time").asDouble(), "till");
    }
  }

  @Test
  void theServerPrintsByItsBusAndHearsTheEnd() {
    int before = printer.paper().lines().size();
    String document =
        Base64.getEncoder().encodeToString("Hello\n".getBytes(StandardCharsets.US_ASCII));
    send("bus1", Map.of("document", document, "print_id", "p1"));
    JsonNode told = awaitConfirmation("bus1");
    assertEquals("success", told.path("status").asText(), told.toString());
    assertEquals("p1", told.path("print_id").asText());
    assertEquals("Hello", printer.paper().lines().get(before));
    printer.paperOut(true);
    try {
      send("bus2", Map.of("document", document));
      told = awaitConfirmation("bus2");
    } finally {
      printer.paperOut(false);
    }
    assertEquals("error", told.path("status").asText(), told.toString());
    assertEquals("ERROR_NO_PAPER", told.path("message").asText());
    send("bus3", Map.of("document", "§"));
    told = awaitConfirmation("bus3");
    assertEquals("ERROR_FAILED", told.path("message").asText(), told.toString());
    assertTrue(told.path("result").asText().contains("not base64"), told.toString());
  }

  private static void send(String session, Map<String, Object> data) {
    Map<String, Object> payload = new HashMap<>(data);
    payload.put("iot_identifier", BoxProcess.IDENTIFIER);
    payload.put("device_identifier", "till");
    payload.put("session_id", session);
    bus.send(message++, "iot_action", payload);
  }

  /** The only one that there is. */
  private static JsonNode awaitConfirmation(String session) {
    await().atMost(SOON).until(() -> !confirmations(session).isEmpty());
    List<JsonNode> all = confirmations(session);
    assertEquals(1, all.size(), all.toString());
    return all.get(0);
  }

  private static List<JsonNode> confirmations(String session) {
    return bus.confirmations().stream()
        .filter(params -> params.path("session_id").asText().equals(session))
        .toList();
  }

  @Test
  void aPointOfSaleUsesThePrinterAtTheBoxWithoutNamingIt() {
    JsonNode status = box.client().call("/hw_proxy/status_json", Map.of());
    assertEquals("connected", status.at("/result/printer/status").asText(), status.toString());
    JsonNode taken =
        box.client()
            .call("/hw_proxy/default_printer_action", Map.of("data", Map.of("action", "cashbox")));
    assertTrue(taken.path("result").asBoolean(), taken.toString());
    String pulses = "\u001b=\u0001\u001bp\u0000\u0019\u0019\u001bp\u0001\u0019\u0019";
    await()
        .atMost(SOON)
        .until(() -> Files.readString(direct, StandardCharsets.ISO_8859_1).endsWith(pulses));
  }
}
