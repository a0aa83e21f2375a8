package iotbox.loader;

import iotbox.handler.Device;
import iotbox.handler.Driver;
import java.util.List;
import java.util.Map;

/**
 * A driver class that was found valid: public, concrete, with {@code public static boolean
 * supported(Device)} and one of the two constructors. Nothing of it has run yet, not even its
 * static initialiser.
 *
 * @param file the source it came from, as in {@link HandlerStatus#file()}
 * @param priority the effective one: nearest declared priority plus one for each level of
 *     inheritance below it
 * @param matches the devices that it was made for; empty if it does not say
 * @param only whether it recognises only devices which they fit
 * @param parameters what its actions take, by the name of the action; without those that do not say
 */
public record DriverType(
    Class<? extends Driver> type,
    String connectionType,
    int priority,
    String file,
    List<DeviceMatch> matches,
    boolean only,
    Map<String, List<ActionParameter>> parameters) {
  public DriverType {
    matches = List.copyOf(matches);
    parameters = Map.copyOf(parameters);
  }

  /** One that says neither which devices it was made for nor what its actions take. */
  public DriverType(
      Class<? extends Driver> type, String connectionType, int priority, String file) {
    this(type, connectionType, priority, file, List.of(), false, Map.of());
  }

  /** The class's name. */
  public String className() {
    return type.getName();
  }

  /** Whether it is to be asked about the device at all. */
  public boolean mayRecognise(Device device) {
    return !only || isFor(device);
  }

  /** Whether it says that it was made for such devices. */
  public boolean isFor(Device device) {
    return matches.stream().anyMatch(match -> match.fits(device));
  }
}
