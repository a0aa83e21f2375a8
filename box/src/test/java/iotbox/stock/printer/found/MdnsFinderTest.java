package iotbox.stock.printer.found;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.handler.Device;
import iotbox.stock.place.PlaceMemory;
import iotbox.stock.printer.mdns.MdnsBrowser;
import iotbox.stock.printer.real.IppPrinter;
import iotbox.stock.printer.real.LoopbackNetwork;
import iotbox.stock.setting.Settings;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finds real printers that announce themselves by a real Avahi, on the loopback. */
class MdnsFinderTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir private static Path folder;
  private static LoopbackNetwork network;

  @BeforeAll
  static void begin() {
    network = LoopbackNetwork.start(folder);
  }

  @AfterAll
  static void end() {
    if (network != null) {
      network.close();
    }
  }

  @Test
  void aPrinterIsThereWithinTenSecondsAndGoesWhenItIsSwitchedOff() throws Exception {
    PrinterInterface printers = printers();
    printers.getDevices();
    IppPrinter real =
        IppPrinter.start(network, folder, "Front desk", "-M", "HP", "-m", "LaserJet 4");
    try {
      Device found = find(printers, "Frontdesk");

      assertEquals("Front desk", found.get("name"));
      assertEquals("ipp://127.0.0.1:" + real.port() + "/ipp/print", found.get("uri"));
      assertEquals("HP LaserJet 4", found.get("make_and_model"));
      assertEquals("office_printer", found.get("kind"));
      assertEquals("network", found.get("connection"));
      assertEquals(List.of("mdns"), found.get("found_by"));
      // It is _ipp, _ipps and _printer, and one.
      assertEquals(
          1,
          printers.getDevices().values().stream()
              .filter(each -> "Front desk".equals(each.get("name")))
              .count());
    } finally {
      real.close();
    }
    await().atMost(SOON).until(() -> !printers.getDevices().containsKey("Frontdesk"));
    printers.close();
  }

  @Test
  void onesThatWereThereBeforeAnswer() throws Exception {
    try (IppPrinter first = IppPrinter.start(network, folder, "First");
        IppPrinter second = IppPrinter.start(network, folder, "Second")) {
      PrinterInterface printers = printers();

      String one = find(printers, "First").getString("uri");
      String other = find(printers, "Second").getString("uri");

      assertTrue(one.contains(":" + first.port()), one);
      assertTrue(other.contains(":" + second.port()), other);
      printers.close();
    }
  }

  @Test
  void oneThatIsGivenToo() throws Exception {
    try (IppPrinter real = IppPrinter.start(network, folder, "Given too")) {
      PrinterInterface printers = printers("Mine=ipp://127.0.0.1:" + real.port() + "/ipp/print");

      await()
          .atMost(SOON)
          .until(
              () ->
                  printers
                      .getDevices()
                      .get("Mine")
                      .get("found_by")
                      .equals(List.of("given", "mdns")));
      printers.close();
    }
  }

  private static Device find(PrinterInterface printers, String identifier) {
    return await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> printers.getDevices().get(identifier), device -> device != null);
  }

  private static PrinterInterface printers(String... given) throws Exception {
    NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
    return new PrinterInterface(
        List.of(
            new GivenPrinters(List.of(given).stream().map(GivenPrinter::parse).toList()),
            new MdnsFinder(new MdnsBrowser(MdnsFinder.TYPES, () -> List.of(loopback)))),
        PlaceMemory.passing(),
        Settings.passing(),
        () -> null,
        new PrinterPorts());
  }
}
