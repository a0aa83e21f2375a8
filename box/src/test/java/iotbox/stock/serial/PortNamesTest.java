package iotbox.stock.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.handler.Device;
import iotbox.stock.place.PlaceMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adapters that are plugged in and out, on a system whose udev makes links as the real one. */
class PortNamesTest {
  private static final String SERIAL_LESS = "usb-1a86_USB2.0-Serial-if00-port0";

  @TempDir Path folder;
  private final PlaceMemory memory = PlaceMemory.passing();
  private final Map<String, Adapter> plugged = new TreeMap<>();
  private SerialInterface box;

  private record Adapter(String tty, int vendor, String serial, String byId, String place) {}

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(folder.resolve("serial/by-id"));
    Files.createDirectories(folder.resolve("serial/by-path"));
    Files.createDirectories(folder.resolve("udev"));
    restart();
  }

  private void restart() {
    box =
        new SerialInterface(
            this::listed,
            new PortNames(folder.resolve("serial"), folder.resolve("udev"), memory),
            List.of());
  }

  @Test
  void anAdapterIsKnownByItsIdWhereverItIsPluggedIn() throws IOException {
    ftdi("ttyUSB0", "A50285BI", "0:1");
    assertEquals(Map.of("by-id/usb-FTDI_A50285BI-if00-port0", "ttyUSB0"), found());
    pull("ttyUSB0");
    assertEquals(Map.of(), found());
    ftdi("ttyUSB3", "A50285BI", "0:2.4");
    assertEquals(Map.of("by-id/usb-FTDI_A50285BI-if00-port0", "ttyUSB3"), found());
  }

  @Test
  void thePathToOpenAndThePlaceAreAttributes() throws IOException {
    ftdi("ttyUSB0", "A50285BI", "0:1");
    Device device = box.getDevices().values().iterator().next();
    assertEquals(folder.resolve("ttyUSB0").toString(), device.getString("path"));
    assertEquals(
        folder.resolve("serial/by-path/usb-0:1:1.0-port0").toString(), device.getString("by_path"));
    assertEquals(
        folder.resolve("serial/by-id/usb-FTDI_A50285BI-if00-port0").toString(),
        device.getString("identifier"));
  }

  @Test
  void twinsThatAreThereTogetherAreKnownByTheirPlaces() throws IOException {
    nameless("ttyUSB0", "0:1");
    nameless("ttyUSB1", "0:2");
    Map<String, String> both =
        Map.of("by-path/usb-0:1:1.0-port0", "ttyUSB0", "by-path/usb-0:2:1.0-port0", "ttyUSB1");
    assertEquals(both, found());
    pull("ttyUSB0");
    assertEquals(Map.of("by-path/usb-0:2:1.0-port0", "ttyUSB1"), found());
    nameless("ttyUSB0", "0:1");
    assertEquals(both, found());
  }

  @Test
  void aTwinThatComesLaterAndTakesTheLinkTakesNoIdentifier() throws IOException {
    nameless("ttyUSB0", "0:2");
    assertEquals(Map.of("by-id/" + SERIAL_LESS, "ttyUSB0"), found());

    nameless("ttyUSB1", "0:1");
    assertEquals("ttyUSB1", linkById(), "as udev does");
    Map<String, String> both =
        Map.of("by-id/" + SERIAL_LESS, "ttyUSB0", "by-path/usb-0:1:1.0-port0", "ttyUSB1");
    assertEquals(both, found());

    pull("ttyUSB0");
    assertEquals(Map.of("by-path/usb-0:1:1.0-port0", "ttyUSB1"), found());
    restart();
    assertEquals(Map.of("by-path/usb-0:1:1.0-port0", "ttyUSB1"), found(), "also without the other");
    nameless("ttyUSB0", "0:2");
    assertEquals(both, found());

    pull("ttyUSB0");
    pull("ttyUSB1");
    found();
    nameless("ttyUSB0", "0:1"); // Now the kernel counts them the other way round.
    nameless("ttyUSB1", "0:2");
    restart();
    assertEquals(
        Map.of("by-id/" + SERIAL_LESS, "ttyUSB1", "by-path/usb-0:1:1.0-port0", "ttyUSB0"), found());
  }

  @Test
  void twinsWithTheSameSerialNumberAreTwins() throws IOException {
    ftdi("ttyUSB0", "0001", "0:1");
    ftdi("ttyUSB1", "0001", "0:2");
    assertEquals(
        Set.of("by-path/usb-0:1:1.0-port0", "by-path/usb-0:2:1.0-port0"), found().keySet());
  }

  @Test
  void thePortsOfOneAdapterAreNoTwins() throws IOException {
    plug(new Adapter("ttyUSB0", 0x403, "FT4", "usb-FTDI_FT4-if00-port0", "0:1:1.0-port0"));
    plug(new Adapter("ttyUSB1", 0x403, "FT4", "usb-FTDI_FT4-if01-port0", "0:1:1.1-port0"));
    assertEquals(
        Map.of(
            "by-id/usb-FTDI_FT4-if00-port0", "ttyUSB0", "by-id/usb-FTDI_FT4-if01-port0", "ttyUSB1"),
        found());
    pull("ttyUSB0");
    pull("ttyUSB1");
    found();
    plug(new Adapter("ttyUSB0", 0x403, "FT4", "usb-FTDI_FT4-if01-port0", "0:2:1.1-port0"));
    plug(new Adapter("ttyUSB1", 0x403, "FT4", "usb-FTDI_FT4-if00-port0", "0:2:1.0-port0"));
    assertEquals(
        Map.of(
            "by-id/usb-FTDI_FT4-if00-port0", "ttyUSB1", "by-id/usb-FTDI_FT4-if01-port0", "ttyUSB0"),
        found());
  }

  @Test
  void anotherAdapterAtTheSamePlaceIsAnotherDevice() throws IOException {
    ftdi("ttyUSB0", "A", "0:1");
    found();
    pull("ttyUSB0");
    ftdi("ttyUSB0", "B", "0:1");
    assertEquals(Set.of("by-id/usb-FTDI_B-if00-port0"), found().keySet());
  }

  @Test
  void portsWithoutLinksHaveTheirPath() throws IOException {
    plug(new Adapter("ttyS0", -1, null, null, null));
    plug(new Adapter("ttyUSB0", 0x403, "A", null, null));
    assertEquals(Map.of("ttyS0", "ttyS0", "ttyUSB0", "ttyUSB0"), found());
  }

  @Test
  void aBuiltInPortWithALinkByPathHasItsPath() throws IOException {
    plug(new Adapter("ttyS0", -1, null, null, "fe215040.serial"));
    assertEquals(Map.of("ttyS0", "ttyS0"), found());
  }

  @Test
  void aNewAdapterIsNotShownUnderAPassingName() throws IOException {
    found();
    plug(new Adapter("ttyUSB0", 0x403, "A", null, null)); // udev is still at work.
    assertEquals(Map.of(), box(), "waits a round for its links");
    ftdi("ttyUSB0", "A", "0:1");
    assertEquals(Map.of("by-id/usb-FTDI_A-if00-port0", "ttyUSB0"), box());
    plug(new Adapter("ttyUSB1", 0x403, "B", null, null)); // And this one never gets any.
    assertEquals(1, box().size());
    assertEquals(Set.of("by-id/usb-FTDI_A-if00-port0", "ttyUSB1"), box().keySet());
  }

  @Test
  void aPortThatIsPluggedInAgainCanBeTold() throws IOException {
    ftdi("ttyUSB0", "A", "0:1");
    Device before =
        new SerialInterface(List.of(folder.resolve("ttyUSB0").toString()))
            .getDevices()
            .get(folder.resolve("ttyUSB0").toString());
    Path again = Files.createFile(folder.resolve("again"));
    Files.move(again, folder.resolve("ttyUSB0"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Device after =
        new SerialInterface(List.of(folder.resolve("ttyUSB0").toString()))
            .getDevices()
            .get(folder.resolve("ttyUSB0").toString());
    assertNotEquals(before.get("plugged_in"), after.get("plugged_in"));
  }

  @Test
  void aPathThatWasGivenByAnyOfItsNamesIsThatPortOnly() throws Exception {
    try (PtyPair line = new PtyPair(folder)) {
      Path pty = Path.of(line.box()).toRealPath();
      link("by-id/usb-Real-if00", pty);
      link("by-path/usb-0:9:1.0", pty);
      String byId = folder.resolve("serial/by-id/usb-Real-if00").toString();
      Device listed =
          Device.of(
              Map.of(
                  "identifier",
                  pty.toString(),
                  "path",
                  pty.toString(),
                  "vendor_id",
                  1,
                  "product_id",
                  2));
      PortNames names = new PortNames(folder.resolve("serial"), folder.resolve("udev"), memory);

      SerialInterface found =
          new SerialInterface(() -> Map.of(pty.toString(), listed), names, List.of());
      assertEquals(Set.of(byId), found.getDevices().keySet());
      assertEquals(pty.toString(), found.getDevices().get(byId).getString("path"));

      SerialInterface given =
          new SerialInterface(
              () -> Map.of(pty.toString(), listed), names, List.of(byId, line.box()));
      assertEquals(Set.of(byId), given.getDevices().keySet());
      assertEquals(pty.toString(), given.getDevices().get(byId).getString("port"));

      SerialInterface old =
          new SerialInterface(() -> Map.of(pty.toString(), listed), names, List.of(pty.toString()));
      assertEquals(Set.of(pty.toString()), old.getDevices().keySet(), "as it was known before");
    }
  }

  /** What is found once a new port has got its links: identifier → the port. */
  private Map<String, String> found() {
    box.getDevices();
    return box();
  }

  private Map<String, String> box() {
    Map<String, String> found = new TreeMap<>();
    box.getDevices()
        .forEach(
            (identifier, device) -> {
              assertEquals(identifier, device.getString("identifier"));
              found.put(
                  identifier.replace(folder + "/serial/", "").replace(folder + "/", ""),
                  device.getString("path").replace(folder + "/", ""));
            });
    return found;
  }

  private Map<String, Device> listed() {
    Map<String, Device> ports = new LinkedHashMap<>();
    for (Adapter adapter : plugged.values()) {
      String path = folder.resolve(adapter.tty()).toString();
      Map<String, Object> attributes =
          new LinkedHashMap<>(Map.of("identifier", path, "path", path));
      if (adapter.vendor() >= 0) {
        attributes.putAll(Map.of("vendor_id", adapter.vendor(), "product_id", 1));
      }
      if (adapter.serial() != null) {
        attributes.put("serial_number", adapter.serial());
      }
      ports.put(path, Device.of(attributes));
    }
    return ports;
  }

  private void ftdi(String tty, String serial, String place) throws IOException {
    plug(
        new Adapter(
            tty, 0x403, serial, "usb-FTDI_" + serial + "-if00-port0", place + ":1.0-port0"));
  }

  private void nameless(String tty, String place) throws IOException {
    plug(new Adapter(tty, 0x1a86, null, SERIAL_LESS, place + ":1.0-port0"));
  }

  private void plug(Adapter adapter) throws IOException {
    plugged.put(adapter.tty(), adapter);
    Path tty = folder.resolve(adapter.tty());
    if (!Files.exists(tty)) {
      Files.createFile(tty);
    }
    if (adapter.byId() != null) {
      link("by-id/" + adapter.byId(), tty); // The last one has it.
    }
    if (adapter.place() != null) {
      link("by-path/usb-" + adapter.place(), tty);
      link("by-path/usbv2-" + adapter.place(), tty);
    }
  }

  private void pull(String tty) throws IOException {
    Adapter gone = plugged.remove(tty);
    Files.delete(folder.resolve(tty));
    Files.delete(folder.resolve("serial/by-path/usb-" + gone.place()));
    Files.delete(folder.resolve("serial/by-path/usbv2-" + gone.place()));
    Files.deleteIfExists(folder.resolve("serial/by-id").resolve(gone.byId()));
    for (Adapter twin : plugged.values()) {
      if (twin.byId().equals(gone.byId())) {
        link("by-id/" + gone.byId(), folder.resolve(twin.tty()));
      }
    }
  }

  private void link(String name, Path target) throws IOException {
    Path link = folder.resolve("serial").resolve(name);
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, target);
  }

  private String linkById() throws IOException {
    Path link = folder.resolve("serial/by-id").resolve(SERIAL_LESS);
    assertTrue(Files.isSymbolicLink(link));
    return Files.readSymbolicLink(link).getFileName().toString();
  }
}
