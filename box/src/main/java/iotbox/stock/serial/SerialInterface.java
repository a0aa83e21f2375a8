package iotbox.stock.serial;

import iotbox.handler.ConnectionType;
import iotbox.handler.Device;
import iotbox.handler.Interface;
import iotbox.stock.place.PlaceMemory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The serial ports of this machine. Adapters go by a name that stays when they are plugged in again
 * ({@code /dev/serial/by-id/…}, twins {@code /dev/serial/by-path/…}), where the system gives them
 * one; other ports by their path ({@code /dev/ttyS0}). Besides the ports that the system lists it
 * offers paths that it was told of, under these, while they exist; a path that leads to a listed
 * port stands for it, so that a port is never there twice.
 *
 * <p>Attributes: {@code identifier}; {@code path}, which is what to open; {@code port}, where that
 * leads if it is a link; and where known {@code description}, {@code plugged_in} (another one each
 * time), {@code by_path}; of USB adapters {@code vendor_id} and {@code product_id} (numbers),
 * {@code serial_number}, {@code manufacturer}, {@code product}, {@code place} (such as {@code
 * 1-1.4}); and {@code settings}, in which a driver keeps what people say to it ({@link
 * iotbox.stock.setting.Settings}). The native object is the port's {@link PortLine}.
 */
@ConnectionType("serial")
public class SerialInterface extends Interface {
  private final Supplier<Map<String, Device>> listed;
  private final Supplier<List<String>> extraPaths;
  private final PortNames names;
  private final PortLines lines;

  /** The ports that the system lists. */
  public SerialInterface() {
    this(List.of());
  }

  /** The ports that the system lists, and these paths. */
  public SerialInterface(List<String> extraPaths) {
    this(extraPaths, PlaceMemory.passing());
  }

  /**
   * The ports that the system lists, with the names that they had before, and these paths.
   *
   * @param memory for this interface alone
   */
  public SerialInterface(List<String> extraPaths, PlaceMemory memory) {
    this(() -> extraPaths, memory, PortLines.none());
  }

  /**
   * The ports that the system lists, with the names that they had before, and paths that come and
   * go.
   *
   * @param memory for this interface alone
   * @param lines knows what people say about the lines of ports
   */
  public SerialInterface(Supplier<List<String>> extraPaths, PlaceMemory memory, PortLines lines) {
    this(new SerialPorts()::enumerate, new PortNames(memory), extraPaths, lines);
  }

  SerialInterface(Supplier<Map<String, Device>> listed, PortNames names, List<String> extraPaths) {
    this(listed, names, () -> extraPaths, PortLines.none());
  }

  private SerialInterface(
      Supplier<Map<String, Device>> listed,
      PortNames names,
      Supplier<List<String>> extraPaths,
      PortLines lines) {
    this.listed = listed;
    this.names = names;
    this.extraPaths = extraPaths;
    this.lines = lines;
  }

  /** None if the process ends before this was ever asked: nothing can be opened then. */
  @Override
  public Map<String, Device> getDevices() {
    try {
      return devices(listed.get());
    } catch (SerialPorts.ProcessEndsException e) {
      return Map.of();
    }
  }

  private Map<String, Device> devices(Map<String, Device> present) {
    Map<Path, Device> ports = new LinkedHashMap<>();
    present.forEach((path, port) -> ports.put(PortPaths.target(path), port));
    Map<String, Device> devices = new LinkedHashMap<>();
    Set<Path> taken = new HashSet<>();
    for (String path : extraPaths.get()) {
      if (Files.exists(Path.of(path)) && taken.add(PortPaths.target(path))) {
        devices.put(path, named(path, ports.remove(PortPaths.target(path))));
      }
    }
    devices.putAll(names.of(ports));
    devices.replaceAll(lines::with);
    return devices;
  }

  private static Device named(String path, Device port) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    if (port != null) {
      attributes.putAll(port.attributes());
    }
    attributes.put("identifier", path);
    attributes.put("path", path);
    if (!PortPaths.target(path).equals(Path.of(path))) {
      attributes.put("port", PortPaths.target(path).toString());
    }
    PortPaths.pluggedIn(path).ifPresent(mark -> attributes.put("plugged_in", mark));
    return Device.of(attributes);
  }
}
