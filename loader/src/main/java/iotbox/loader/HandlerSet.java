package iotbox.loader;

import java.util.List;

/**
 * The validated drivers and interfaces of one group of files, which were compiled together and
 * share a class loader. Two sets are the same only if they are the same object: an unchanged group
 * keeps its set over a reload, a changed one gets a new set.
 */
public final class HandlerSet {
  private final String name;
  private final List<DriverType> drivers;
  private final List<InterfaceType> interfaces;

  /**
   * A set with these members; built-in handlers are wired by it too.
   *
   * @param name for the log: the files of the group
   */
  public HandlerSet(String name, List<DriverType> drivers, List<InterfaceType> interfaces) {
    this.name = name;
    this.drivers = List.copyOf(drivers);
    this.interfaces = List.copyOf(interfaces);
  }

  public String name() {
    return name;
  }

  public List<DriverType> drivers() {
    return drivers;
  }

  public List<InterfaceType> interfaces() {
    return interfaces;
  }

  @Override
  public String toString() {
    return name;
  }
}
