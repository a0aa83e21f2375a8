package iotbox.stock.serial;

import iotbox.handler.Device;
import iotbox.stock.place.PlaceMemory;
import iotbox.stock.place.PlaceNames;
import iotbox.stock.place.PlaceNames.Plugged;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Under which identifiers ports are known: {@code /dev/serial/by-id/…} where the system gives an
 * adapter such a name, {@code /dev/serial/by-path/…} where it does not or where twins would have
 * the same one, and the port's own path where it has neither. Adapters keep theirs when others come
 * and go, as {@link PlaceNames} says. For one thread at a time.
 */
final class PortNames {
  private final Path folder;
  private final Path udev;
  private final PlaceNames names;
  private Set<Path> seen;

  PortNames(PlaceMemory memory) {
    this(Path.of("/dev/serial"), Path.of("/run/udev"), memory);
  }

  /**
   * @param folder with the links; need not exist
   * @param udev exists if there is somebody who makes them
   */
  PortNames(Path folder, Path udev, PlaceMemory memory) {
    this.folder = folder;
    this.udev = udev;
    this.names = new PlaceNames(memory);
  }

  /** These ports by their identifiers; without those whose links are still being made. */
  Map<String, Device> of(Map<Path, Device> ports) {
    SerialLinks links =
        ports.isEmpty() ? new SerialLinks(Map.of(), Map.of()) : SerialLinks.in(folder);
    Set<Path> before = seen == null || !Files.exists(udev) ? ports.keySet() : seen;
    seen = Set.copyOf(ports.keySet());
    List<Port> settled =
        ports.entrySet().stream()
            .map(entry -> Port.of(entry.getKey(), entry.getValue(), links))
            .filter(port -> port.isLinked() || !port.isUsb() || before.contains(port.file))
            .toList();
    Map<String, Long> twins =
        settled.stream().collect(Collectors.groupingBy(Port::kind, Collectors.counting()));
    List<Port> placed = settled.stream().filter(port -> port.byPath != null).toList();
    List<String> chosen =
        names.of(placed.stream().map(port -> port.plugged(twins.get(port.kind()) > 1)).toList());
    Map<Port, String> identifiers = new HashMap<>();
    for (int i = 0; i < chosen.size(); i++) {
      identifiers.put(placed.get(i), chosen.get(i));
    }
    Map<String, Device> devices = new LinkedHashMap<>();
    for (Port port : settled) {
      String identifier = identifiers.getOrDefault(port, port.withoutPlace());
      devices.put(identifier, port.described(identifier));
    }
    return devices;
  }

  /**
   * A port and its lasting names.
   *
   * @param byId {@code null} if it has none
   * @param byPath {@code null} if it has none
   */
  private record Port(Path file, Device device, Path byId, Path byPath) {
    /**
     * The built-in ports of some machines have a link by path, too; they are what their own path
     * says.
     */
    static Port of(Path file, Device device, SerialLinks links) {
      Path byId = links.byId().get(file);
      boolean adapter = byId != null || device.get("vendor_id") != null;
      return new Port(file, device, byId, adapter ? links.byPath().get(file) : null);
    }

    boolean isUsb() {
      return device.get("vendor_id") != null;
    }

    boolean isLinked() {
      return byId != null && byPath != null;
    }

    /** What its twins have in common with it; the several ports of one adapter do not. */
    String kind() {
      if (!isUsb()) {
        return byId == null ? file.toString() : byId.getFileName().toString();
      }
      String place = byPath == null ? "" : byPath.getFileName().toString();
      return "%s:%s:%s:%s"
          .formatted(
              device.get("vendor_id"),
              device.get("product_id"),
              device.get("serial_number"),
              place.substring(place.lastIndexOf(':') + 1));
    }

    Plugged plugged(boolean twin) {
      Path best = twin || byId == null ? byPath : byId;
      return new Plugged(
          kind(),
          byPath.getFileName().toString(),
          i -> i == 0 ? best.toString() : byPath + (i == 1 ? "" : "_" + i));
    }

    String withoutPlace() {
      return byId == null ? device.getString("path") : byId.toString();
    }

    Device described(String identifier) {
      Map<String, Object> attributes = new LinkedHashMap<>(device.attributes());
      attributes.put("identifier", identifier);
      if (byPath != null) {
        attributes.put("by_path", byPath.toString());
      }
      return Device.of(attributes);
    }
  }
}
