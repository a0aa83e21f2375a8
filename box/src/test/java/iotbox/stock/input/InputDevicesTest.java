package iotbox.stock.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import iotbox.handler.Device;
import iotbox.stock.input.PlayedInputs.Played;
import iotbox.stock.setting.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class InputDevicesTest {
  @TempDir private Path folder;
  private PlayedInputs machine;
  private InputDevices devices;

  @BeforeEach
  void begin() throws IOException {
    machine = new PlayedInputs(folder);
    devices = new InputDevices(machine.files(), machine.descriptions());
  }

  @AfterEach
  void end() throws IOException {
    machine.close();
  }

  @Test
  void aScannerAtTheUsbIsDescribed() {
    Played played = machine.plugUsb("1-1.4", "05e0:1200", "Symbol", "Bar Code Scanner", 1);
    InputDevice device = only();
    assertEquals(InputDevice.USB, device.bus());
    assertEquals(0x05e0, device.vendorId());
    assertEquals(0x1200, device.productId());
    assertEquals("1-1.4", device.place());
    assertEquals(3, device.address());
    assertEquals(1, device.protocol());
    assertEquals("Symbol", device.manufacturer());
    assertEquals("Bar Code Scanner", device.product());
    assertEquals("Symbol - Bar Code Scanner", device.name());
    assertEquals(List.of(played.pipe()), device.paths());
    assertEquals("input23/event3", device.kernelNames());
  }

  @Test
  void whatIsAScannerIsDecidedAsOdooDoes() throws IOException {
    assertTrue(looksLikeScanner("Symbol", "Bar Code SCANNER", 1));
    assertTrue(looksLikeScanner("Barcode Inc", "Wedge", 1));
    assertTrue(looksLikeScanner(null, "RFID Reader", 1));
    assertTrue(looksLikeScanner("Zhu", "Wedge", 0), "it says that it is no keyboard");
    assertTrue(looksLikeScanner("Zhu", "Wedge", 2, 0), "nor a mouse, which does not count");
    assertFalse(looksLikeScanner("Logitech", "USB Keyboard", 1, 0), "the first counts");
    assertFalse(looksLikeScanner("Logitech", "USB Receiver", 2, 1));
  }

  @Test
  void theFilesOfOneDeviceBelongTogetherAndTwinsDoNot() throws IOException {
    machine.plugUsb("1-1", "05e0:1200", "Symbol", "Scanner", 1);
    machine.plugUsb("1-2", "05e0:1200", "Symbol", "Scanner", 1);
    Path second = machine.system().resolve("devices/pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.1");
    machine.plug(second, second, keys("Symbol Scanner", PlayedInputs.ALL_KEYS));
    machine.plug(second, second, keys("Symbol Scanner Consumer Control", "1 0 0"));
    List<InputDevice> both = devices.list();
    assertEquals(List.of("1-1", "1-2"), both.stream().map(InputDevice::place).toList());
    assertEquals(List.of(1, 2), both.stream().map(each -> each.files().size()).toList());
  }

  @Test
  void onlyWhatHasDigitsIsAKeyboard() throws IOException {
    Path platform = machine.system().resolve("devices/platform");
    machine.plug(platform, platform.resolve("power"), keys("Power Button", "10000000000000 0"));
    machine.plug(platform, platform.resolve("mouse"), keys("Mouse", "1f0000 0 0 0 0"));
    machine.plug(platform, platform.resolve("nothing"), Map.of("name", "Nothing"));
    machine.plug(platform, platform.resolve("odd"), keys("Odd", "no number"));
    assertEquals(List.of(), devices.list());
    machine.plug(platform, platform.resolve("keypad"), keys("Keypad", "ffff80 0"));
    assertEquals("Keypad", only().name());
    assertFalse(only().looksLikeScanner());
  }

  @Test
  void aPluggedInAgainDeviceIsAnotherForTheKernel() throws IOException {
    Played before = machine.plugUsb("1-1", "05e0:1200", "Symbol", "Scanner", 1);
    String names = only().kernelNames();
    assertEquals(names, only().kernelNames());
    before.unplug();
    assertEquals(List.of(), devices.list());
    machine.plugUsb("1-1", "05e0:1200", "Symbol", "Scanner", 1);
    assertNotEquals(names, only().kernelNames());
  }

  @Test
  void keyboardsThatAreNotAtTheUsbHaveAnInterfaceOfTheirOwn() throws IOException {
    machine.plugUsb("1-1", "05e0:1200", "Symbol", "Scanner", 1);
    machine.pair("dc:2c:26:01:02:03", "Inateck BCST-70 Scanner");
    Path socket = machine.system().resolve("devices/platform/i8042/serio0");
    machine.plug(
        socket,
        socket,
        Map.of(
            "name", "AT Translated Set 2 keyboard",
            "phys", "isa0060/serio0/input0",
            "id/bustype", "0011",
            "capabilities/key", PlayedInputs.ALL_KEYS));
    Path made = machine.system().resolve("devices/virtual/input");
    machine.plug(
        made,
        made.resolve("robot"),
        Map.of("name", "robot", "id/bustype", "0006", "capabilities/key", PlayedInputs.ALL_KEYS));
    Map<String, Device> found =
        new InputInterface(new Inputs(devices::list, Settings.passing(), () -> true)).getDevices();
    assertEquals(
        List.of("bluetooth_dc:2c:26:01:02:03", "ps2_isa0060/serio0"), List.copyOf(found.keySet()));
    Device scanner = found.get("bluetooth_dc:2c:26:01:02:03");
    assertEquals("bluetooth", scanner.get("connection"));
    assertEquals(0x046d, scanner.get("vendor_id"));
    assertEquals("direct", found.get("ps2_isa0060/serio0").get("connection"));
  }

  @Test
  void whereSomebodyWorksOnlyScannersAreRead() throws IOException {
    machine.pair("dc:2c:26:01:02:03", "Inateck BCST-70 Scanner");
    Path socket = machine.system().resolve("devices/serio0");
    machine.plug(
        socket,
        socket,
        Map.of(
            "name", "AT keyboard",
            "uniq", "k",
            "id/bustype", "0011",
            "capabilities/key", PlayedInputs.ALL_KEYS));
    Settings settings = Settings.passing();
    InputInterface found = new InputInterface(new Inputs(devices::list, settings, () -> false));
    try (Log log = new Log(Inputs.class)) {
      assertEquals(
          List.of("bluetooth_dc:2c:26:01:02:03"), List.copyOf(found.getDevices().keySet()));
      assertEquals(1, found.getDevices().size());
      assertEquals(1, log.told().size(), "once");
      assertTrue(log.told().get(0).startsWith("AT keyboard is left alone"));
    }
    settings.keep("ps2_k", Map.of("is_scanner", true));
    settings.keep("bluetooth_dc:2c:26:01:02:03", Map.of("is_scanner", false));
    assertEquals(List.of("ps2_k"), List.copyOf(found.getDevices().keySet()));
  }

  @Test
  void aMachineWithoutKeyboardsIsQuiet() throws IOException {
    try (Log log = new Log(InputDevices.class)) {
      InputDevices none = new InputDevices(folder.resolve("no"), folder.resolve("such"));
      assertEquals(List.of(), none.list());
      Files.createFile(machine.files().resolve("event9"));
      assertEquals(List.of(), devices.list(), "the kernel tells nothing of it");
      assertEquals(List.of(), log.told());
    }
  }

  private boolean looksLikeScanner(String maker, String product, int... protocols)
      throws IOException {
    Played played = machine.plugUsb("1-1", "1234:5678", maker, product, protocols);
    boolean answer = only().looksLikeScanner();
    played.unplug();
    return answer;
  }

  private InputDevice only() {
    List<InputDevice> all = devices.list();
    assertEquals(1, all.size(), all::toString);
    return all.get(0);
  }

  private static Map<String, String> keys(String name, String keys) {
    return Map.of("name", name, "capabilities/key", keys);
  }

  /** What a class tells people. */
  private static final class Log implements AutoCloseable {
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger logger;

    Log(Class<?> type) {
      logger = (Logger) LoggerFactory.getLogger(type);
      lines.start();
      logger.addAppender(lines);
    }

    List<String> told() {
      return lines.list.stream()
          .filter(line -> line.getLevel().isGreaterOrEqual(Level.INFO))
          .map(ILoggingEvent::getFormattedMessage)
          .toList();
    }

    @Override
    public void close() {
      logger.detachAppender(lines);
    }
  }
}
