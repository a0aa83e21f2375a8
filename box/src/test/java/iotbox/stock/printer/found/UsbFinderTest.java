package iotbox.stock.printer.found;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.handler.Device;
import iotbox.stock.place.PlaceMemory;
import iotbox.stock.setting.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finds printers in folders that look like Linux' own. */
class UsbFinderTest {
  private static final String TM = "MFG:EPSON;CMD:ESC/POS;MDL:TM-T20II;CLS:PRINTER;";

  @TempDir private Path machine;
  private final PlaceMemory names = PlaceMemory.passing();
  private final PlaceMemory places = PlaceMemory.passing();

  @Test
  void aPrinterIsDescribedByWhatItTells() throws Exception {
    plug("lp0", "1-1", TM, "EPSON", "TM-T20II", "J5XK");

    Device printer = printers().getDevices().get("usbEPSONTM-T20II?J5XK");

    assertEquals("EPSON TM-T20II", printer.get("name"));
    assertEquals("receipt_printer", printer.get("kind"));
    assertEquals(TM, printer.get("device_id"));
    assertEquals("EPSON", printer.get("manufacturer"));
    assertEquals("direct", printer.get("connection"));
    assertEquals(List.of("usb"), printer.get("found_by"));
    assertEquals("file:" + machine.resolve("dev/lp0"), printer.get("uri"));
  }

  @Test
  void onePluggedInAgainIsTheSameElsewhereAndInAnotherWay() throws Exception {
    PrinterInterface printers = printers();
    plug("lp0", "1-1", TM, "EPSON", "TM-T20II", "J5XK");
    Device before = printers.getDevices().get("usbEPSONTM-T20II?J5XK");

    unplug("lp0");
    assertEquals(Map.of(), printers.getDevices());

    plug("lp1", "1-2.4", TM, "EPSON", "TM-T20II", "J5XK");
    Device after = printers.getDevices().get("usbEPSONTM-T20II?J5XK");
    assertEquals("file:" + machine.resolve("dev/lp1"), after.get("uri"));
    assertNotEquals(before.get("plugged_in"), after.get("plugged_in"));
  }

  @Test
  void twinsAreToldApartByTheirPlacesAlsoAfterARestart() throws Exception {
    plug("lp0", "1-1", TM, "EPSON", "TM-T20II", "");
    plug("lp1", "1-2", TM, "EPSON", "TM-T20II", "");
    Map<String, Device> devices = printers().getDevices();
    assertEquals(Set.of("usbEPSONTM-T20II", "usbEPSONTM-T20II_2"), devices.keySet());

    unplug("lp0");

    assertEquals(Set.of("usbEPSONTM-T20II_2"), printers().getDevices().keySet());
  }

  @Test
  void oneThatTellsNothingIsStillAPrinter() throws Exception {
    plug("lp0", "1-1", "", "", "", "");

    Device printer = printers().getDevices().get("usb");

    assertEquals("office_printer", printer.get("kind"));
    assertFalse(printer.attributes().containsKey("device_id"));
  }

  @Test
  void aDeviceFileThatIsGivenIsThePrinterBehindIt() throws Exception {
    plug("lp0", "1-1", TM, "EPSON", "TM-T20II", "J5XK");

    Map<String, Device> devices = printers("Till=file:" + machine.resolve("dev/lp0")).getDevices();

    assertEquals(Set.of("Till"), devices.keySet());
    assertEquals(List.of("given", "usb"), devices.get("Till").get("found_by"));
    assertEquals("receipt_printer", devices.get("Till").get("kind"));
  }

  @Test
  void theFirstIdentifierStaysWhenThePrinterIsFoundInAnotherWayLater() throws Exception {
    plug("lp0", "1-1", TM, "EPSON", "TM-T20II", "J5XK");
    assertTrue(printers().getDevices().containsKey("usbEPSONTM-T20II?J5XK"));

    Map<String, Device> devices = printers("file:" + machine.resolve("dev/lp0")).getDevices();

    assertEquals(Set.of("usbEPSONTM-T20II?J5XK"), devices.keySet());
  }

  @Test
  void aMachineWithoutPrintersHasNone() {
    assertEquals(Map.of(), printers().getDevices());
  }

  private PrinterInterface printers(String... given) {
    return new PrinterInterface(
        List.of(
            new GivenPrinters(List.of(given).stream().map(GivenPrinter::parse).toList()),
            new UsbFinder(machine.resolve("class"), machine.resolve("dev"), places)),
        names,
        Settings.passing(),
        () -> null,
        new PrinterPorts());
  }

  private void plug(
      String file, String place, String id, String maker, String product, String serial)
      throws IOException {
    Path device = machine.resolve("devices/" + place);
    Path function = Files.createDirectories(device.resolve(place + ":1.0"));
    Files.writeString(function.resolve("ieee1284_id"), id + "\n");
    Files.writeString(device.resolve("busnum"), "1\n");
    Files.writeString(device.resolve("devnum"), System.nanoTime() + "\n");
    if (!maker.isEmpty()) {
      Files.writeString(device.resolve("manufacturer"), maker + "\n");
      Files.writeString(device.resolve("product"), product + "\n");
    }
    if (!serial.isEmpty()) {
      Files.writeString(device.resolve("serial"), serial + "\n");
    }
    Path described = Files.createDirectories(machine.resolve("class/" + file));
    Files.createSymbolicLink(described.resolve("device"), function);
    Files.createDirectories(machine.resolve("dev"));
    Files.createFile(machine.resolve("dev/" + file));
  }

  private void unplug(String file) throws IOException {
    Files.delete(machine.resolve("dev/" + file));
    Files.delete(machine.resolve("class/" + file + "/device"));
    Files.delete(machine.resolve("class/" + file));
  }
}
