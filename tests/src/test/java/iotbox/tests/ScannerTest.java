package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.stock.input.PlayedInputs;
import iotbox.stock.input.PlayedInputs.Played;
import iotbox.stock.serial.PtyPair;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One box, paired, at which scanners are plugged in and out. */
class ScannerTest {
  private static final String SCANNER = "usb_05e0:1200";
  private static final Duration REPLAY = Duration.ofSeconds(5);

  @TempDir private static Path folder;
  private static PlayedInputs machine;
  private static PtyPair wire;
  private static OdooStandIn odoo;
  private static BoxProcess box;
  private static Played scanner;
  private final BoxClient client = box.client();

  @BeforeAll
  static void start() throws IOException {
    machine = new PlayedInputs(folder);
    wire = new PtyPair(folder);
    odoo = OdooStandIn.start();
    scanner = machine.plugUsb("1-1", "05e0:1200", "Symbol", "Bar Code Scanner", 1);
    box =
        BoxProcess.pairedWith(
            odoo,
            "--input-devices",
            machine.option(),
            "--serial-port",
            wire.box(),
            "--pin",
            wire.box() + "=iotbox.stock.barcode.SerialScannerDriver");
  }

  @AfterAll
  static void stop() throws IOException {
    box.close();
    odoo.close();
    wire.close();
    machine.close();
  }

  @BeforeEach
  void plugIn() throws IOException {
    if (!machine.isPlugged(scanner)) {
      scanner = machine.plugUsb("1-1", "05e0:1200", "Symbol", "Bar Code Scanner", 1);
    }
    client.awaitDevice(SCANNER);
  }

  @Test
  void aScanReachesWhoeverListensToTheDeviceOrToAllScanners() throws Exception {
    CompletableFuture<JsonNode> byName =
        await("5449000000996", "/iot_drivers/event", "one", SCANNER, 0);
    CompletableFuture<JsonNode> byType =
        await("5449000000996", "/hw_drivers/event", "other", "scanner", 0);
    scanner.scan("5449000000996");
    for (CompletableFuture<JsonNode> poll : List.of(byName, byType)) {
      JsonNode event = poll.get(20, TimeUnit.SECONDS);
      assertEquals("5449000000996", event.path("result").asText());
    }
    assertEquals(
        "connected",
        client
            .call("/hw_proxy/status_json", Map.of())
            .path("result")
            .path("scanner")
            .path("status")
            .asText());
  }

  @Test
  void thePointOfSaleGetsEachBarcodeOnceAndNoneThatIsOld() throws Exception {
    scanner.scan("OLD");
    Thread.sleep(REPLAY.plusMillis(500).toMillis()); // Time itself is what is tested.
    scanner.scan("1");
    scanner.scan("2");
    scanner.scan("2");
    assertEquals(List.of("1", "2", "2"), List.of(next(), next(), next()));
    CompletableFuture<String> waiting = CompletableFuture.supplyAsync(this::next);
    client.action("s", SCANNER, Map.of("action", "update_layout", "layout", "us"));
    Thread.sleep(200);
    assertFalse(waiting.isDone(), "an action is no scan");
    try (FileOutputStream line = new FileOutputStream(wire.device())) {
      line.write("4711\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    assertEquals("4711", waiting.get(20, TimeUnit.SECONDS), "of a serial scanner");
  }

  @Test
  void odooKnowsWhatItIsAndItsLayoutsAndIsToldWhenThatIsCorrected() {
    awaitTold("scanner");
    Awaitility.await()
        .until(() -> odoo.requests("/iot/keyboard_layouts").size(), sent -> sent == 1);
    String form = OdooStandIn.formFields(odoo.requests("/iot/keyboard_layouts").get(0)).get(0);
    JsonNode layouts = BoxClient.json(form.substring("available_layouts=".length()));
    assertTrue(BoxClient.texts(layouts, "layout").containsAll(List.of("us", "de", "fr", "be")));
    assertTrue(layouts.size() > 300, () -> layouts.size() + " layouts");

    client.action("s", SCANNER, Map.of("action", "update_is_scanner", "is_scanner", false));
    awaitTold("keyboard");
    client.action("s", SCANNER, Map.of("action", "update_is_scanner", "is_scanner", true));
    awaitTold("scanner");
    assertEquals(1, odoo.requests("/iot/keyboard_layouts").size(), "they are sent once");
  }

  @Test
  void aScannerMayBePluggedOutAndInAgain() throws Exception {
    scanner.unplug();
    client.awaitStatus("it is gone", status -> BoxClient.device(status, SCANNER).isMissingNode());
    scanner = machine.plugUsb("1-1", "05e0:1200", "Symbol", "Bar Code Scanner", 1);
    client.awaitDevice(SCANNER);
    awaitScan("42");

    // So quick that the box has not missed it.
    scanner.unplug();
    scanner = machine.plugUsb("1-1", "05e0:1200", "Symbol", "Bar Code Scanner", 1);
    awaitScan("43");
  }

  /** Scans again and again, until the box reads what is plugged in now. */
  private void awaitScan(String barcode) throws Exception {
    CompletableFuture<JsonNode> poll = await(barcode, "/iot_drivers/event", "s", SCANNER, 0);
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> {
              scanner.scan(barcode);
              return poll.isDone();
            });
  }

  private void awaitTold(String type) {
    Awaitility.await("Odoo hears of a " + type)
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              List<JsonNode> setups = odoo.setups();
              JsonNode last = setups.get(setups.size() - 1);
              return last.path("devices").path(SCANNER).path("type").asText();
            },
            type::equals);
  }

  private String next() {
    return client.call("/hw_proxy/scanner", Map.of()).path("result").asText();
  }

  /** Listens until the event comes that has this value; what comes before may be of other tests. */
  private CompletableFuture<JsonNode> await(
      String value, String path, String session, String device, double last) {
    return client
        .poll(path, session, last, device)
        .thenCompose(
            answer -> {
              JsonNode event = answer.path("result");
              return event.path("value").asText().equals(value)
                  ? CompletableFuture.completedFuture(event)
                  : await(value, path, session, device, event.path("time").asDouble(last));
            });
  }
}
