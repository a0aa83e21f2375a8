package iotbox.box.device.choice;

import iotbox.handler.Device;
import iotbox.loader.DriverType;
import java.util.ArrayList;
import java.util.List;

/**
 * In which order drivers are asked whether they support a device: first those that say that they
 * were made for such, then the others; in each part by priority.
 */
final class DriverOrder {
  private DriverOrder() {}

  /**
   * Without those that recognise other devices only.
   *
   * @param byPriority the drivers of the device's connection type
   */
  static List<DriverType> of(List<DriverType> byPriority, Device device) {
    List<DriverType> order = new ArrayList<>(byPriority.size());
    List<DriverType> others = new ArrayList<>();
    for (DriverType driver : byPriority) {
      if (driver.mayRecognise(device)) {
        (driver.isFor(device) ? order : others).add(driver);
      }
    }
    order.addAll(others);
    return order;
  }

  /** Whether one is asked before the other whatever they are called. */
  static boolean isBefore(DriverType one, DriverType other, Device device) {
    boolean isFor = one.isFor(device);
    return isFor == other.isFor(device) ? one.priority() > other.priority() : isFor;
  }
}
