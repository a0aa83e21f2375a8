package iotbox.stock.serial;

import iotbox.handler.Device;
import iotbox.stock.setting.Settings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The lines of all ports. What an option says about one counts more than what was kept. */
public final class PortLines {
  private final Map<String, Map<String, Object>> fixed;
  private final Settings kept;
  private final Settings ofDrivers;
  private final Map<String, PortLine> lines = new ConcurrentHashMap<>();

  /**
   * @param fixed by any name of a port
   * @param kept by identifier
   * @param ofDrivers what drivers keep of what people say to them
   */
  public PortLines(Map<String, Map<String, Object>> fixed, Settings kept, Settings ofDrivers) {
    this.fixed = Map.copyOf(fixed);
    this.kept = kept;
    this.ofDrivers = ofDrivers;
  }

  /** Lines of which nobody has said anything. */
  static PortLines none() {
    return new PortLines(Map.of(), Settings.passing(), Settings.passing());
  }

  /** The same port with its line as its native object, and with {@code settings}. */
  Device with(String identifier, Device port) {
    String path = port.getString("path");
    PortLine line = lines.get(identifier);
    if (line == null || !line.path().equals(path)) {
      List<String> names =
          Stream.of(identifier, path, port.getString("port"), port.getString("by_path"))
              .filter(Objects::nonNull)
              .toList();
      Map<String, Object> said =
          names.stream().filter(fixed::containsKey).findFirst().map(fixed::get).orElse(null);
      line =
          said == null
              ? new PortLine(path, false, () -> kept.of(identifier))
              : new PortLine(path, true, () -> said);
      lines.put(identifier, line);
    }
    Map<String, Object> attributes = new LinkedHashMap<>(port.attributes());
    attributes.put("settings", ofDrivers);
    return Device.of(attributes, line);
  }

  /** That of the port which was listed under this identifier. */
  public Optional<PortLine> of(String identifier) {
    return Optional.ofNullable(lines.get(identifier));
  }

  /**
   * Keeps what a person said about a line; an empty map forgets it.
   *
   * @throws IOException if it cannot be kept, with a sentence for that person; nothing has changed
   *     then
   */
  public void keep(String identifier, Map<String, ?> settings) throws IOException {
    kept.keep(identifier, settings);
  }
}
