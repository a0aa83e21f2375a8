package iotbox.box.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScannerRouteTest {
  private static final String SCANNER = "/hw_proxy/scanner";
  private TestBox box;

  @BeforeEach
  void start() throws PortRefusedException {
    box = new TestBox(Path.of("/nonexistent.log"), Duration.ofMillis(700));
  }

  @AfterEach
  void stop() {
    box.close();
  }

  @Test
  void eachBarcodeIsGivenOutOnce() {
    scan("111");
    scan("222");
    assertEquals("111", next());
    assertEquals("222", next());
    assertEquals("", next());
  }

  @Test
  void aWaitingPointOfSaleGetsTheNextBarcode() {
    CompletableFuture<JsonNode> waiting = box.callLater(SCANNER, "{}");
    scan("333");
    assertEquals("333", waiting.join().get("result").asText());
  }

  @Test
  void onlyOneOfTwoGetsABarcode() {
    CompletableFuture<JsonNode> first = box.callLater(SCANNER, "{}");
    CompletableFuture<JsonNode> second = box.callLater(SCANNER, "{}");
    scan("444");
    assertEquals("444", first.join().get("result").asText() + second.join().get("result").asText());
  }

  @Test
  void whatIsNoScanIsPassedOver() {
    box.events.publish("s", "scanner", null, Map.of("value", "", "result", ""));
    box.events.publish(
        "s", "scanner", null, Map.of("value", "old", "status", "success", "action_args", Map.of()));
    box.events.publish("k", "keyboard", null, Map.of("value", "x"));
    scan("555");
    assertEquals("555", next());
  }

  @Test
  void aClientThatWentAwayLosesNoBarcode() throws Exception {
    box.raw(
            "POST /hw_proxy/scanner HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 2\r\n\r\n{}")
        .close();
    assertEquals("", next()); // By now the box has noticed.
    scan("666");
    assertEquals("666", next());
  }

  private String next() {
    return box.call(SCANNER, "{\"params\":{}}").get("result").asText();
  }

  private void scan(String barcode) {
    box.events.publish("s", "scanner", null, Map.of("value", barcode));
  }
}
