package iotbox.loader;

import iotbox.handler.Driver;

/**
 * A driver class that was found valid: public, concrete, with {@code public static boolean
 * supported(Device)} and one of the two constructors. Nothing of it has run yet, not even its
 * static initialiser.
 *
 * @param file the source it came from, as in {@link HandlerStatus#file()}
 * @param priority the effective one: nearest declared priority plus one for each level of
 *     inheritance below it
 */
public record DriverType(
    Class<? extends Driver> type, String connectionType, int priority, String file) {

  /** The class's name. */
  public String className() {
    return type.getName();
  }
}
