package iotbox.stock.serial;

import iotbox.handler.ConnectionType;
import iotbox.handler.Device;
import iotbox.handler.Interface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The serial ports of this machine, by path ({@code /dev/ttyUSB0}). Besides the ones that the
 * system lists it offers paths that it was told of, while they exist; a path that leads to a listed
 * port stands for it, so that a port is never there twice.
 *
 * <p>Attributes: {@code identifier}, {@code path}, and where known {@code description}, {@code
 * manufacturer}, {@code serial_number}, {@code vendor_id}, {@code product_id} (numbers).
 */
@ConnectionType("serial")
public class SerialInterface extends Interface {
  private final Supplier<Map<String, Device>> listed;
  private final List<String> extraPaths;

  /** The ports that the system lists. */
  public SerialInterface() {
    this(List.of());
  }

  /** The ports that the system lists, and these paths. */
  public SerialInterface(List<String> extraPaths) {
    this(new SerialPorts()::enumerate, extraPaths);
  }

  SerialInterface(Supplier<Map<String, Device>> listed, List<String> extraPaths) {
    this.listed = listed;
    this.extraPaths = List.copyOf(extraPaths);
  }

  @Override
  public Map<String, Device> getDevices() {
    Map<Path, Device> ports = new LinkedHashMap<>();
    listed.get().forEach((path, port) -> ports.put(PortPaths.target(path), port));
    Map<String, Device> devices = new LinkedHashMap<>();
    Set<Path> taken = new HashSet<>();
    for (String path : extraPaths) {
      if (Files.exists(Path.of(path)) && taken.add(PortPaths.target(path))) {
        devices.put(path, named(path, ports.remove(PortPaths.target(path))));
      }
    }
    ports.values().forEach(port -> devices.put(port.getString("identifier"), port));
    return devices;
  }

  private static Device named(String path, Device port) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    if (port != null) {
      attributes.putAll(port.attributes());
    }
    attributes.put("identifier", path);
    attributes.put("path", path);
    return Device.of(attributes);
  }
}
