package iotbox.stock.barcode;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.handler.ActionData;
import iotbox.handler.Device;
import iotbox.loader.BuiltinHandlers;
import iotbox.stock.RunningDriver;
import iotbox.stock.serial.PtyPair;
import iotbox.stock.serial.Ser2net;
import iotbox.stock.setting.FillingDisk;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SerialScannerDriverTest {
  @TempDir private Path folder;
  private final FillingDisk settings = new FillingDisk();
  private PtyPair wire;
  private SerialScannerDriver driver;
  private RunningDriver scanner;

  @BeforeEach
  void begin() throws IOException {
    wire = new PtyPair(folder);
    driver = driver(wire.box());
    assertEquals("scanner", driver.deviceType());
    assertEquals("serial", driver.deviceConnection());
    assertEquals("Barcode scanner", driver.deviceName());
    scanner = new RunningDriver(driver);
    awaitConnected(1);
  }

  private SerialScannerDriver driver(String path) {
    return new SerialScannerDriver(path, Device.of(Map.of("path", path, "settings", settings)));
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
  void itsOwnerSaysHowItSendsAndThatStays() throws Exception {
    assertEquals(
        "19200 baud, 7 data bits, parity even",
        act(Map.of("baud_rate", 19_200, "data_bits", "7", "parity", "even")));
    awaitReading("5449000000996");
    scanner.close();
    scanner = new RunningDriver(driver(wire.box()));
    awaitReading("4711");
    driver = driver(wire.box());
    assertEquals("9600 baud, 8 data bits, parity none", act(Map.of("baud_rate", false)));
  }

  @Test
  void itsPortIsSetLikeThat() throws Exception {
    try (Ser2net server = Ser2net.settable(folder, wire.box())) {
      scanner.close();
      driver = driver("rfc2217://" + server.address());
      scanner = new RunningDriver(driver);
      await().until(() -> stty(wire.box()).contains("speed 9600 baud"));
      act(Map.of("baud_rate", 115_200));
      await().until(() -> stty(wire.box()).contains("speed 115200 baud"));
      send("42\r");
      awaitScans("42");
    }
  }

  @Test
  void whatCannotBeIsExplainedAndChangesNothing() throws Exception {
    assertRefused("baud_rate must be a number of bits a second", Map.of("baud_rate", 7));
    assertRefused("baud_rate", Map.of("baud_rate", "quick"));
    assertRefused("data_bits must be 7 or 8, not 9", Map.of("baud_rate", 9600, "data_bits", 9));
    assertRefused(
        "parity must be none, even or odd, not some", Map.of("baud_rate", 9600, "parity", "some"));
    assertEquals(Map.of(), settings.of(wire.box()));
    driver = driver("tcp://127.0.0.1:4001");
    assertRefused("set this at the serial server", Map.of("baud_rate", 19_200));
  }

  @Test
  void whatCannotBeKeptChangesNothing() throws Exception {
    settings.full(true);
    IOException refusal =
        assertThrows(IOException.class, () -> act(Map.of("baud_rate", 19_200, "parity", "even")));
    assertEquals(FillingDisk.REFUSAL, refusal.getMessage());
    send("42\r");
    awaitScans("42");
  }

  @Test
  void whatIsKeptAndCannotBeIsAsIfItWereNot() throws IOException {
    settings.keep(wire.box(), Map.of("baud_rate", 19_200, "data_bits", 3));
    scanner.close();
    scanner = new RunningDriver(driver(wire.box()));
    await().until(() -> "connected".equals(scanner.host.lastStatus().get("status")));
    send("Größe\r".getBytes(StandardCharsets.UTF_8));
    awaitScans("Größe");
  }

  /** Scans again and again, as nobody listens while the port is opened anew. */
  private void awaitReading(String barcode) {
    await()
        .until(
            () -> {
              send(withEvenParity(barcode + "\r"));
              return scans().contains(barcode);
            });
  }

  private Object act(Map<String, ?> parameters) throws Exception {
    Map<String, Object> all = new HashMap<>(parameters);
    all.put("action", "update_line");
    return driver.action(ActionData.of(all, "session"));
  }

  private void assertRefused(String sentence, Map<String, ?> parameters) {
    RuntimeException refusal = assertThrows(RuntimeException.class, () -> act(parameters));
    assertTrue(refusal.getMessage().contains(sentence), refusal.getMessage());
  }

  /** As it comes from a wire whose parity nobody checks: a pseudo terminal is none that would. */
  private static byte[] withEvenParity(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] |= (byte) (Integer.bitCount(bytes[i]) % 2 << 7);
    }
    return bytes;
  }

  private static String stty(String path) throws IOException {
    Process stty = new ProcessBuilder("stty", "-F", path, "-a").redirectErrorStream(true).start();
    return new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }

  @Test
  void onlyScannersAreTakenUnasked() {
    assertTrue(takes(Map.of("vendor_id", 0x0c2e)));
    assertTrue(takes(Map.of("vendor_id", 0x1111, "product", "USB BarCode Device")));
    assertTrue(takes(Map.of("description", "2D Scanner")));
    assertFalse(takes(Map.of("path", "/dev/ttyS0")));
    assertFalse(takes(Map.of("vendor_id", 0x0403, "product", "FT232R USB UART")));
  }

  /** As the box decides: by what the driver declares, then by its answer. */
  private static boolean takes(Map<String, ?> port) {
    Device device = Device.of(port);
    return BuiltinHandlers.builder()
            .driver(SerialScannerDriver.class)
            .build()
            .handlers()
            .drivers("serial")
            .stream()
            .anyMatch(driver -> driver.mayRecognise(device))
        && SerialScannerDriver.supported(device);
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
