package iotbox.stock.barcode;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.handler.Device;
import iotbox.stock.RunningDriver;
import iotbox.stock.serial.PtyPair;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SerialScannerDriverTest {
  @TempDir private Path folder;
  private PtyPair wire;
  private RunningDriver scanner;

  @BeforeEach
  void begin() throws IOException {
    wire = new PtyPair(folder);
    SerialScannerDriver driver =
        new SerialScannerDriver("/dev/scanner", Device.of(Map.of("path", wire.box())));
    assertEquals("scanner", driver.deviceType());
    assertEquals("serial", driver.deviceConnection());
    assertEquals("Barcode scanner", driver.deviceName());
    scanner = new RunningDriver(driver);
    awaitConnected(1);
  }

  @AfterEach
  void end() throws IOException {
    scanner.close();
    wire.close();
  }

  @Test
  void eachLineIsABarcodeHoweverItEnds() throws IOException {
    send("5449000000996\r");
    send("123\n");
    send("ABC\r\n");
    send("1\r\n2\r3\n");
    awaitScans("5449000000996", "123", "ABC", "1", "2", "3");
  }

  @Test
  void aBarcodeThatComesInPiecesIsWhole() throws IOException {
    String longest = "0123456789".repeat(400);
    try (FileOutputStream line = new FileOutputStream(wire.device())) {
      for (String piece : List.of("54", "4", "9\r", longest.substring(0, 1_500))) {
        line.write(piece.getBytes(StandardCharsets.US_ASCII));
      }
      line.write((longest.substring(1_500) + "\r").getBytes(StandardCharsets.US_ASCII));
    }
    awaitScans("5449", longest);
  }

  @Test
  void silenceEndsABarcodeToo() throws IOException {
    send("12345");
    awaitScans("12345");
  }

  @Test
  void framesAndNoiseAreLeftOutAndDividersKept() throws IOException {
    send("\u0002[)>\u001e06\u001d1P42\u001e\u0004\r\n\u0003");
    send("\0\0\r");
    send("\u001d0110\r");
    awaitScans("[)>\u001e06\u001d1P42\u001e\u0004", "\u001d0110");
  }

  @Test
  void lettersBeyondAsciiAreReadInEitherEncoding() throws IOException {
    send("Größe €\r".getBytes(StandardCharsets.UTF_8));
    send("Größe\r".getBytes(StandardCharsets.ISO_8859_1));
    awaitScans("Größe €", "Größe");
  }

  @Test
  void whatHasNoEndIsNoBarcode() throws IOException {
    send("7".repeat(Barcode.LONGEST + 500) + "\r");
    send("42\r");
    awaitScans("42");
  }

  @Test
  void aPulledPlugIsToldAndNothingIsScannedTwice() throws IOException {
    send("1\r");
    awaitScans("1");
    wire.unplug();
    await().until(() -> statuses().contains("error"));
    wire.plug();
    awaitConnected(2);
    send("2\r");
    awaitScans("1", "2");
  }

  @Test
  void onlyScannersAreTakenUnasked() {
    assertTrue(SerialScannerDriver.supported(Device.of(Map.of("vendor_id", 0x0c2e))));
    assertTrue(
        SerialScannerDriver.supported(
            Device.of(Map.of("vendor_id", 0x1111, "product", "USB BarCode Device"))));
    assertTrue(SerialScannerDriver.supported(Device.of(Map.of("description", "2D Scanner"))));
    assertFalse(SerialScannerDriver.supported(Device.of(Map.of("path", "/dev/ttyS0"))));
    assertFalse(
        SerialScannerDriver.supported(
            Device.of(Map.of("vendor_id", 0x0403, "product", "FT232R USB UART"))));
  }

  private void send(String latin) throws IOException {
    send(latin.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void send(byte[] bytes) throws IOException {
    try (FileOutputStream line = new FileOutputStream(wire.device())) {
      line.write(bytes);
    }
  }

  private void awaitConnected(int times) {
    await()
        .until(
            () ->
                statuses().stream().filter("connected"::equals).count() - scans().size() >= times);
  }

  private List<Object> statuses() {
    return scanner.host.events().stream()
        .map(event -> ((Map<?, ?>) event.get("status")).get("status"))
        .map(Object.class::cast)
        .toList();
  }

  private List<Object> scans() {
    return scanner.host.events().stream()
        .map(event -> event.get("value"))
        .filter(value -> !"".equals(value))
        .toList();
  }

  private void awaitScans(Object... expected) {
    await().untilAsserted(() -> assertEquals(List.of(expected), scans()));
  }
}
