package iotbox.loader;

import iotbox.handler.Device;
import iotbox.handler.Driver;
import java.util.List;

/**
 * A driver class that was found valid: public, concrete, with {@code public static boolean
 * supported(Device)} and one of the two constructors. Nothing of it has run yet, not even its
 * static initialiser.
 *
 * @param file the source it came from, as in {@link HandlerStatus#file()}
 * @param priority the effective one: nearest declared priority plus one for each level of
 *     inheritance below it
 * @param matches the devices that it was made for; empty if it does not say
 */
public record DriverType(
    Class<? extends Driver> type,
    String connectionType,
    int priority,
    String file,
    List<DeviceMatch> matches) {
  public DriverType {
    matches = List.copyOf(matches);
  }

  /** One that does not say which devices it was made for. */
  public DriverType(
      Class<? extends Driver> type, String connectionType, int priority, String file) {
    this(type, connectionType, priority, file, List.of());
  }

  /** The class's name. */
  public String className() {
    return type.getName();
  }

  /** Whether it says that it was made for such devices. */
  public boolean isFor(Device device) {
    return matches.stream().anyMatch(match -> match.fits(device));
  }
}
