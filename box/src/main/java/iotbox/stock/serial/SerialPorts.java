package iotbox.stock.serial;

import com.fazecast.jSerialComm.SerialPort;
import iotbox.handler.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The serial ports that the system knows, without those that no device can hang on. */
final class SerialPorts {
  private static final Set<String> UNKNOWN = Set.of("Unknown", "0-0");

  private final Path sysfs;

  SerialPorts() {
    this(Path.of("/sys/class/tty"));
  }

  /**
   * @param sysfs where Linux describes its terminals; need not exist
   */
  SerialPorts(Path sysfs) {
    this.sysfs = sysfs;
  }

  /** The library cannot be used any more, as the process ends. */
  static final class ProcessEndsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProcessEndsException(Throwable cause) {
      super("The box ends", cause);
    }
  }

  /**
   * The usable ports by path.
   *
   * @throws ProcessEndsException if the process ends and nobody has looked for ports before
   */
  Map<String, Device> enumerate() {
    Map<String, Device> ports = new LinkedHashMap<>();
    for (SerialPort port : known()) {
      if (usable(port.getSystemPortPath())) {
        ports.put(port.getSystemPortPath(), describe(port));
      }
    }
    return ports;
  }

  private static SerialPort[] known() {
    try {
      return SerialPort.getCommPorts();
    } catch (ExceptionInInitializerError e) {
      // When the library is first used it wants to be told of the end, for which it is too late.
      if (e.getCause() instanceof IllegalStateException) {
        throw new ProcessEndsException(e.getCause());
      }
      throw e;
    }
  }

  /**
   * False for the system's console, where a probe would type into a login; for the places of UARTs
   * that the kernel reserves without finding one; and for macOS's call-in twins ({@code tty.} of
   * {@code cu.}).
   */
  boolean usable(String path) {
    String name = Path.of(path).getFileName().toString();
    return !name.startsWith("tty.")
        && !name.endsWith("Bluetooth-Incoming-Port")
        && !"Y".equals(sysfs(name, "console"))
        && !"0".equals(sysfs(name, "type"));
  }

  private String sysfs(String name, String attribute) {
    Path file = sysfs.resolve(name).resolve(attribute);
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      // Most ports have neither attribute, most systems no such folder.
      return "";
    }
  }

  private static Device describe(SerialPort port) {
    String path = port.getSystemPortPath();
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("identifier", path);
    attributes.put("path", path);
    PortPaths.pluggedIn(path).ifPresent(mark -> attributes.put("plugged_in", mark));
    putKnown(attributes, "description", port.getPortDescription());
    putKnown(attributes, "manufacturer", port.getManufacturer());
    putKnown(attributes, "serial_number", port.getSerialNumber());
    if (port.getVendorID() >= 0) {
      attributes.put("vendor_id", port.getVendorID());
      attributes.put("product_id", port.getProductID());
      putKnown(attributes, "product", port.getPortDescription());
      putKnown(attributes, "place", port.getPortLocation());
    }
    return Device.of(attributes);
  }

  private static void putKnown(Map<String, Object> attributes, String name, String value) {
    if (value != null && !value.isBlank() && !UNKNOWN.contains(value)) {
      attributes.put(name, value);
    }
  }
}
