package iotbox.stock.keyboard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.handler.ActionData;
import iotbox.handler.Device;
import iotbox.stock.RunningDriver;
import iotbox.stock.barcode.Barcode;
import iotbox.stock.input.InputDevices;
import iotbox.stock.input.Inputs;
import iotbox.stock.input.PlayedInputs;
import iotbox.stock.input.PlayedInputs.Played;
import iotbox.stock.keyboard.layout.UnknownLayoutException;
import iotbox.stock.setting.FillingDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyboardDriverTest {
  @TempDir private Path folder;
  private PlayedInputs machine;
  private final FillingDisk settings = new FillingDisk();

  @BeforeEach
  void begin() throws IOException {
    machine = new PlayedInputs(folder);
  }

  @AfterEach
  void end() throws IOException {
    machine.close();
  }

  @Test
  void aScannerGivesTheWholeBarcodeAtReturn() throws Exception {
    Played device = machine.plugUsb("1-1", "05e0:1200", "Symbol", "Bar Code Scanner", 1);
    try (Running scanner = run()) {
      assertEquals("scanner", scanner.driver.deviceType());
      assertEquals("direct", scanner.driver.deviceConnection());
      assertEquals("Symbol - Bar Code Scanner", scanner.driver.deviceName());
      device.scan("5449000000996");
      device.scan("ABC123");
      scanner.awaitValues("5449000000996", "ABC123");
      assertEquals("ABC123", scanner.loop.host.last().get("result"), "as new clients read it");
      assertEquals("success", scanner.loop.host.last().get("status"));
    }
  }

  @Test
  void aKeyboardGivesEachCharacter() throws Exception {
    Played device = machine.plugUsb("1-1", "046d:c31c", "Logitech", "USB Keyboard", 1, 0);
    try (Running keyboard = run()) {
      assertEquals("keyboard", keyboard.driver.deviceType());
      device.type("a shift+b 1 space enter");
      keyboard.awaitValues("a", "B", "1", " ", "\r");
    }
  }

  /** The expected texts are what is printed on keyboards of these countries. */
  @ParameterizedTest
  @CsvSource({
    "us, a shift+2 ; 102nd, a@;<",
    "fr, shift+1 q 2 altgr+0 [ e capslock w, 1aé@êZ",
    "de, y altgr+q - = e capslock ; kp7, z@ßéÖ7",
    "be, q altgr+2 shift+[ u, a@ü",
    "gb, shift+3 shift+2 shift+5, '£\"%'",
    "es, ; altgr+2 ' o, ñ@ó",
  })
  void aBarcodeIsReadByTheLayoutThatTheScannerIsSetTo(String layout, String strokes, String text)
      throws Exception {
    Played device = machine.plugUsb("1-1", "0c2e:0b61", "Honeywell", "Scanner", 1);
    try (Running scanner = run()) {
      scanner.act("update_layout", Map.of("layout", layout));
      device.type(strokes + " enter");
      scanner.awaitValues(text);
    }
  }

  @Test
  void barcodesOfAnyLengthArriveWholeHoweverTheyAreCut() throws Exception {
    Played device = machine.plugUsb("1-1", "05e0:1200", "Symbol", "Bar Code Scanner", 1);
    String longest = "7".repeat(4_000);
    String wild = "8".repeat(Barcode.LONGEST + 1);
    try (Running scanner = run()) {
      device.scan(longest);
      byte[] bytes = PlayedInputs.bytes("shift+a b enter");
      for (int i = 0; i < bytes.length; i++) {
        device.send(new byte[] {bytes[i]});
      }
      device.scan(wild);
      device.scan("42");
      scanner.awaitValues(longest, "Ab", "42");
    }
  }

  @Test
  void aScannerThatDoesNotEndItsBarcodesIsUnderstoodByItsSilence() throws Exception {
    Played device = machine.plugUsb("1-1", "05e0:1200", "Symbol", "Bar Code Scanner", 1);
    try (Running scanner = run()) {
      device.type("1 2 3");
      scanner.awaitValues("123");
      device.type("4 5 6 tab");
      scanner.awaitValues("123", "456");
    }
  }

  @Test
  void fieldsOfABarcodeKeepTheirDivider() throws Exception {
    Played device = machine.plugUsb("1-1", "05e0:1200", "Symbol", "Bar Code Scanner", 1);
    try (Running scanner = run()) {
      device.type("ctrl+] 0 1 1 0 ctrl+] 2 1 shift+x enter");
      scanner.awaitValues("\u001d0110\u001d21X");
    }
  }

  @Test
  void whatItIsAndItsLayoutAreCorrectedByHandAndStay() throws Exception {
    Played device = machine.plugUsb("1-1", "1a86:e026", "QinHeng", "HID Keyboard", 1);
    try (Running keyboard = run()) {
      assertEquals("keyboard", keyboard.driver.deviceType());
      assertThrows(
          IllegalArgumentException.class,
          () -> keyboard.act("update_is_scanner", Map.of("is_scanner", "perhaps")));
      assertThrows(
          IllegalArgumentException.class, () -> keyboard.act("update_is_scanner", Map.of()));
      assertEquals("keyboard", keyboard.driver.deviceType());
      assertEquals("scanner", keyboard.act("update_is_scanner", Map.of("is_scanner", true)));
      assertEquals("scanner", keyboard.driver.deviceType());
      assertEquals(
          "de(nodeadkeys)",
          keyboard.act(
              "update_layout", Map.of("layout", Map.of("layout", "de", "variant", "nodeadkeys"))));
      device.type("y z = enter");
      keyboard.awaitValues("zy´");
      assertThrows(
          UnknownLayoutException.class,
          () -> keyboard.act("update_layout", Map.of("layout", "klingon")));
      device.type("y enter");
      keyboard.awaitValues("zy´", "z");
    }
    try (Running again = run()) {
      assertEquals("scanner", again.driver.deviceType());
      device.type("y z enter");
      again.awaitValues("zy");
      // As Odoo says that there is no variant, and no layout.
      assertEquals("fr", again.act("update_layout", mapOf("layout", "fr", "variant", false)));
      assertEquals("us", again.act("update_layout", mapOf("layout", false, "variant", null)));
      assertEquals("keyboard", again.act("update_is_scanner", Map.of("is_scanner", false)));
      device.type("y");
      again.awaitValues("zy", "y");
    }
  }

  @Test
  void anActionDoesNotRepeatTheLastBarcode() throws Exception {
    Played device = machine.plugUsb("1-1", "05e0:1200", "Symbol", "Bar Code Scanner", 1);
    try (Running scanner = run()) {
      device.scan("1");
      scanner.awaitValues("1");
      for (String action : List.of("", "update_layout", "update_is_scanner")) {
        scanner.act(action, Map.of("is_scanner", true));
        assertEquals("", scanner.driver.snapshot().get("value"), action);
        assertEquals("", scanner.driver.snapshot().get("result"), action);
      }
    }
  }

  @Test
  void aLayoutThatIsGoneFromTheSystemIsThatOfTheStates() throws Exception {
    settings.keep("usb_05e0:1200", Map.of("layout", Map.of("layout", "gone", "variant", "")));
    Played device = machine.plugUsb("1-1", "05e0:1200", "Symbol", "Bar Code Scanner", 1);
    try (Running scanner = run()) {
      device.scan("A1");
      scanner.awaitValues("A1");
    }
  }

  @Test
  void unpluggingEndsTheLoopAndGivesNoHalfBarcode() throws Exception {
    Played device = machine.plugUsb("1-1", "05e0:1200", "Symbol", "Bar Code Scanner", 1);
    try (Running scanner = run()) {
      device.type("1 2 3 enter 4 5");
      scanner.awaitValues("123");
      device.unplug();
      await().until(() -> !scanner.loop.isRunning());
      scanner.awaitValues("123");
    }
  }

  @Test
  void disconnectingEndsALoopThatWaits() throws Exception {
    Played device = machine.plugUsb("1-1", "05e0:1200", "Symbol", "Bar Code Scanner", 1);
    try (Running scanner = run()) {
      device.scan("1");
      scanner.awaitValues("1");
      scanner.driver.disconnect();
      await().until(() -> !scanner.loop.isRunning());
    }
  }

  @Test
  void aFileThatCannotBeOpenedIsNamed() throws Exception {
    Played device = machine.plugUsb("1-1", "05e0:1200", "Symbol", "Bar Code Scanner", 1);
    KeyboardDriver driver = driver();
    device.unplug();
    IOException refusal = assertThrows(IOException.class, driver::run);
    assertTrue(refusal.getMessage().contains("dev/event3 cannot be read"), refusal.getMessage());
  }

  @Test
  void whatCannotBeKeptIsNotTaken() throws Exception {
    Played device = machine.plugUsb("1-1", "05e0:1200", "Symbol", "Bar Code Scanner", 1);
    try (Running scanner = run()) {
      scanner.act("update_layout", Map.of("layout", "de"));
      settings.full(true);
      for (Map<String, ?> action :
          List.of(
              Map.of("action", "update_layout", "layout", "fr"),
              Map.of("action", "update_is_scanner", "is_scanner", false))) {
        IOException refusal =
            assertThrows(
                IOException.class, () -> scanner.act((String) action.get("action"), action));
        assertEquals(FillingDisk.REFUSAL, refusal.getMessage());
      }
      assertEquals("scanner", scanner.driver.deviceType());
      device.type("y enter");
      scanner.awaitValues("z");
    }
  }

  @Test
  void othersAreNotSupported() {
    assertFalse(KeyboardDriver.supported(Device.of(Map.of("vendor_id", 1))));
  }

  private static Map<String, Object> mapOf(String one, Object its, String other, Object itsToo) {
    Map<String, Object> map = new HashMap<>();
    map.put(one, its);
    map.put(other, itsToo);
    return map;
  }

  private KeyboardDriver driver() {
    Inputs inputs =
        new Inputs(
            new InputDevices(machine.files(), machine.descriptions())::list, settings, () -> true);
    var input = inputs.list().get(0);
    String identifier = "usb_%04x:%04x".formatted(input.vendorId(), input.productId());
    Device device = Device.of(inputs.attributes(identifier, input));
    assertTrue(KeyboardDriver.supported(device));
    return new KeyboardDriver(identifier, device);
  }

  private Running run() {
    return new Running(driver());
  }

  /** A driver at work, and what it read. */
  private static final class Running implements AutoCloseable {
    private final KeyboardDriver driver;
    private final RunningDriver loop;

    Running(KeyboardDriver driver) {
      this.driver = driver;
      this.loop = new RunningDriver(driver);
    }

    void awaitValues(Object... expected) {
      await().untilAsserted(() -> assertEquals(List.of(expected), values()));
    }

    private List<Object> values() {
      return loop.host.events().stream().map(event -> event.get("value")).toList();
    }

    Object act(String action, Map<String, ?> parameters) throws Exception {
      Map<String, Object> all = new HashMap<>(parameters);
      all.put("action", action);
      return driver.action(ActionData.of(all, "session"));
    }

    @Override
    public void close() {
      loop.close();
    }
  }
}
