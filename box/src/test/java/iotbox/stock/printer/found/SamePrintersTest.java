package iotbox.stock.printer.found;

import static org.junit.jupiter.api.Assertions.assertEquals;

import iotbox.handler.Device;
import iotbox.stock.place.PlaceMemory;
import iotbox.stock.setting.Settings;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which sightings are of one printer, what it is called then, and where its jobs go. */
class SamePrintersTest {
  private static final String UUID = "4509a320-00a0-008f-00b6-002507510eca";

  private final Settings settings = Settings.passing();
  private final PlaceMemory names = PlaceMemory.passing();

  @ParameterizedTest
  @CsvSource({
    "usb://EPSON/TM-T20II?serial=J5XK, 1",
    "usb://EPSON/TM-T20II?serial=j5xk&interface=1, 1",
    "usb://EPSON/TM-T20II?serial=OTHER, 2",
    "usb://EPSON/TM-T20II, 1",
    "usb://Star/TSP143, 2",
    "file:/dev/usb/lp0, 1",
    "hp:/usb/LaserJet, 2",
    "cups-pdf:/, 2"
  })
  void aQueueForWhatIsPluggedIn(URI device, int printers) {
    assertEquals(
        printers,
        SamePrinters.among(List.of(queue("Till", device, ""), usb("lp0", "J5XK"))).size());
  }

  @ParameterizedTest
  @CsvSource({
    "dnssd://TM-m30%20%5B1%5D._ipp._tcp.local/, '', 1",
    "dnssd://TM-m30%20%5B1%5D._pdl-datastream._tcp.local/?uuid=4509a320, '', 1",
    "dnssd://Other._ipp._tcp.local/?uuid=4509a320-00a0-008f-00b6-002507510eca, '', 1",
    "dnssd://Other._ipp._tcp.local/, '', 2",
    "socket://192.0.2.50, '', 1",
    "socket://192.0.2.50:9100, '', 1",
    "socket://192.0.2.50:9101, '', 2",
    "ipp://192.0.2.50/ipp/print, '', 1",
    "ipp://192.0.2.50/printers/other, '', 2",
    "socket://192.0.2.51, '', 2",
    "implicitclass://other/, urn:uuid:4509A320-00A0-008F-00B6-002507510ECA, 1"
  })
  void aQueueForWhatAnnouncesItself(URI device, String uuid, int printers) {
    List<Sighting> all = new ArrayList<>(announced("TM-m30 [1]", "192.0.2.50"));
    all.add(queue("Till", device, uuid));

    assertEquals(printers, SamePrinters.among(all).size());
  }

  @Test
  void twoQueuesForOnePrinterAreTwo() {
    URI device = URI.create("socket://192.0.2.50");

    assertEquals(
        2,
        SamePrinters.among(List.of(queue("Draft", device, ""), queue("Fine", device, ""))).size());
  }

  @Test
  void twinsAreTwo() {
    assertEquals(2, SamePrinters.among(List.of(usb("lp0", "000"), usb("lp1", "000"))).size());
  }

  @Test
  void twoPrintersBehindOneAddressAreTwo() {
    List<Sighting> all = new ArrayList<>(announced("One", "192.0.2.50"));
    all.addAll(announced("Two", "192.0.2.50"));

    assertEquals(2, SamePrinters.among(all).size());
  }

  @Test
  void receiptsGoToThePrinterItselfAndDocumentsToItsQueue() throws Exception {
    List<Sighting> receipts =
        List.of(
            queue("Till", URI.create("usb://EPSON/TM-T20II?serial=J5XK"), ""), usb("lp0", "J5XK"));
    assertEquals("file:/dev/usb/lp0", uri(receipts, "Till"));

    List<Sighting> documents = new ArrayList<>(announced("Office", "192.0.2.50"));
    assertEquals("ipp://192.0.2.50:631/ipp/print", uri(documents, "Office"));

    documents.add(queue("Upstairs", URI.create("socket://192.0.2.50"), ""));
    assertEquals("ipp://localhost:631/printers/Upstairs", uri(documents, "Office"));

    settings.keep("Office", Map.of("kind", "label_printer"));
    assertEquals("socket://192.0.2.50:9100", uri(documents, "Office"));
  }

  @Test
  void thePrinterKeepsTheNameThatItHadFirst() {
    PrinterNames printers = new PrinterNames(names);
    Sighting usb = usb("lp0", "J5XK");
    Sighting queue = queue("Till", URI.create("usb://EPSON/TM-T20II?serial=J5XK"), "");
    assertEquals(List.of("usb-lp0"), printers.of(List.of(List.of(usb))));

    assertEquals(List.of("usb-lp0"), printers.of(List.of(List.of(queue, usb))));
    assertEquals(List.of("usb-lp0"), new PrinterNames(names).of(List.of(List.of(queue))));

    // Nor do two ever have the same one.
    assertEquals(
        List.of("usb-lp0", "usb-lp0_2"), printers.of(List.of(List.of(queue), List.of(usb))));
  }

  private String uri(List<Sighting> sightings, String identifier) {
    PrinterInterface printers =
        new PrinterInterface(
            List.of(() -> sightings), names, settings, () -> null, new PrinterPorts());
    Map<String, Device> devices = printers.getDevices();
    printers.close();
    return devices.get(identifier).getString("uri");
  }

  private static Sighting queue(String name, URI device, String uuid) {
    Set<String> marks = new HashSet<>(Marks.of(device));
    marks.addAll(Marks.uuid(uuid));
    return new Sighting(
        Way.CUPS,
        name,
        name,
        URI.create("ipp://localhost:631/printers/" + name),
        DeviceId.NONE,
        "",
        false,
        marks,
        "");
  }

  private static Sighting usb(String file, String serial) {
    return new Sighting(
        Way.USB,
        "usb-" + file,
        "EPSON TM-T20II",
        URI.create("file:/dev/usb/" + file),
        DeviceId.of("MFG:EPSON;CMD:ESC/POS;MDL:TM-T20II;"),
        "",
        true,
        Set.of(Marks.serial(serial), Marks.model("EPSON", "TM-T20II"), "file /dev/usb/" + file),
        "");
  }

  private static List<Sighting> announced(String name, String address) {
    return List.of(
        announced(name, URI.create("ipp://" + address + ":631/ipp/print")),
        announced(name, URI.create("socket://" + address + ":9100")));
  }

  private static Sighting announced(String name, URI uri) {
    Set<String> marks = new HashSet<>(Marks.of(uri));
    marks.add(Marks.instance(name));
    if (name.startsWith("TM")) {
      marks.addAll(Marks.uuid(UUID));
    }
    return new Sighting(Way.MDNS, name, name, uri, DeviceId.NONE, "", false, marks, "");
  }
}
