package iotbox.stock.printer.found;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.handler.Device;
import iotbox.stock.place.PlaceMemory;
import iotbox.stock.printer.RawPort;
import iotbox.stock.setting.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrinterInterfaceTest {
  private final Settings settings = Settings.passing();

  @Test
  void aGivenPrinterIsThereUnderItsAddressOrItsName() {
    PrinterInterface printers = given("socket://192.0.2.50", "Kitchen=socket://192.0.2.51:9101");

    Map<String, Device> devices = printers.getDevices();

    assertEquals(Set.of("socket://192.0.2.50:9100", "Kitchen"), devices.keySet());
    Device kitchen = devices.get("Kitchen");
    assertEquals("Kitchen", kitchen.get("name"));
    assertEquals("socket://192.0.2.51:9101", kitchen.get("uri"));
    assertEquals("network", kitchen.get("connection"));
    assertEquals("office_printer", kitchen.get("kind"));
    assertEquals(false, kitchen.get("star"));
    assertEquals(List.of("given"), kitchen.get("found_by"));
    assertInstanceOf(RawPort.class, kitchen.nativeObject());
  }

  @Test
  void aGivenDeviceFileIsThereWhileItExists(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("lp0");
    PrinterInterface printers = given("file:" + file);
    assertEquals(Map.of(), printers.getDevices());

    Files.createFile(file);
    Device printer = printers.getDevices().get("file:" + file);
    assertEquals("direct", printer.get("connection"));

    Files.delete(file);
    assertEquals(Map.of(), printers.getDevices());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "printer             | it is no address of a printer",
        "smb://192.0.2.1/q   | the box does not speak smb:",
        "socket:9100         | it names no host",
        "socket://h:70000    | ports go from 1 to 65535",
        "ipp://a b/c         | it is no address of a printer",
        "file:dev/usb/lp0    | file: is followed by a path that begins with /"
      })
  void whatIsNoPrinterIsRefusedWithTheReason(String text, String reason) {
    Exception refusal =
        assertThrows(IllegalArgumentException.class, () -> GivenPrinter.parse(text));

    assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
  }

  private PrinterInterface given(String... texts) {
    return new PrinterInterface(
        List.of(new GivenPrinters(List.of(texts).stream().map(GivenPrinter::parse).toList())),
        PlaceMemory.passing(),
        settings,
        () -> null,
        new PrinterPorts());
  }
}
