package iotbox.stock.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.handler.Device;
import iotbox.stock.place.PlaceMemory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SerialInterfaceTest {
  @TempDir Path folder;

  @Test
  void theSystemsPortsAreListedByPath() {
    SerialInterface ports = ports(() -> listed("/dev/ttyUSB0"), List.of());
    assertEquals(Set.of("/dev/ttyUSB0"), ports.getDevices().keySet());
    assertEquals(0x403, ports.getDevices().get("/dev/ttyUSB0").getInt("vendor_id"));
  }

  @Test
  void thisMachineCanBeAsked() {
    for (Map.Entry<String, Device> port : new SerialInterface().getDevices().entrySet()) {
      assertEquals(port.getKey(), port.getValue().getString("identifier"));
      assertEquals(port.getKey(), port.getValue().getString("path"));
    }
  }

  @Test
  void aGivenPathIsThereWhileItExists() throws Exception {
    Path given = folder.resolve("scale");
    SerialInterface ports = ports(Map::of, List.of(given.toString()));
    assertTrue(ports.getDevices().isEmpty());
    Files.createFile(given);
    Device device = ports.getDevices().get(given.toString());
    assertEquals(given.toString(), device.getString("identifier"));
    assertEquals(given.toString(), device.getString("path"));
    Files.delete(given);
    assertTrue(ports.getDevices().isEmpty());
  }

  @Test
  void aLinkKeepsItsOwnName() throws Exception {
    Path link = link("by-id", folder.resolve("pts7"));
    SerialInterface ports = ports(Map::of, List.of(link.toString()));
    assertEquals(Set.of(link.toString()), ports.getDevices().keySet());
  }

  @Test
  void aLinkToAListedPortStandsForItWithItsAttributes() throws Exception {
    Path port = folder.resolve("ttyUSB0");
    Path link = link("by-id", port);
    SerialInterface ports = ports(() -> listed(port.toString()), List.of(link.toString()));
    assertEquals(Set.of(link.toString()), ports.getDevices().keySet());
    Device device = ports.getDevices().get(link.toString());
    assertEquals(link.toString(), device.getString("path"));
    assertEquals(0x403, device.getInt("vendor_id"));
  }

  @Test
  void twoWaysToOnePortAreOnePort() throws Exception {
    Path port = folder.resolve("pts7");
    Path link = link("by-id", port);
    SerialInterface ports =
        ports(Map::of, List.of(port.toString(), link.toString(), port.toString()));
    assertEquals(Set.of(port.toString()), ports.getDevices().keySet());
  }

  @Test
  void theConsoleAndPlacesWithoutAUartAreLeftOut() throws Exception {
    SerialPorts ports = new SerialPorts(folder);
    attribute("ttyAMA10", "console", "Y");
    attribute("ttyS3", "type", "0");
    attribute("ttyS0", "type", "4");
    attribute("ttyS0", "console", "N");
    assertFalse(ports.usable("/dev/ttyAMA10"));
    assertFalse(ports.usable("/dev/ttyS3"));
    assertTrue(ports.usable("/dev/ttyS0"));
    assertTrue(ports.usable("/dev/ttyUSB0"));
  }

  @Test
  void theCallInTwinsOfMacPortsAreLeftOut() {
    SerialPorts ports = new SerialPorts(folder);
    assertFalse(ports.usable("/dev/tty.usbserial-1410"));
    assertFalse(ports.usable("/dev/cu.Bluetooth-Incoming-Port"));
    assertTrue(ports.usable("/dev/cu.usbserial-1410"));
  }

  private SerialInterface ports(
      java.util.function.Supplier<Map<String, Device>> listed, List<String> extraPaths) {
    return new SerialInterface(
        listed,
        new PortNames(folder.resolve("serial"), folder.resolve("udev"), PlaceMemory.passing()),
        extraPaths);
  }

  private Path link(String name, Path target) throws Exception {
    Files.createFile(target);
    return Files.createSymbolicLink(folder.resolve(name), target);
  }

  private void attribute(String port, String name, String value) throws Exception {
    Files.createDirectories(folder.resolve(port));
    Files.writeString(folder.resolve(port).resolve(name), value + "\n");
  }

  private static Map<String, Device> listed(String path) {
    return Map.of(path, Device.of(Map.of("identifier", path, "path", path, "vendor_id", 0x403)));
  }
}
