package iotbox.box.device;

import iotbox.loader.DriverType;
import java.util.Set;

/**
 * The last change of the handlers: which drivers are about to be replaced, and which devices that
 * closes and opens.
 *
 * <p>All methods are called under the manager's lock.
 */
final class Replacement {
  /** Nothing is opened with them any more. */
  private Set<DriverType> leaving = Set.of();

  /** What the last change of the handlers did, or does just now. */
  private TouchedDevices touched = new TouchedDevices();

  /** These are about to be replaced. */
  void begin(Set<DriverType> drivers) {
    leaving = drivers;
    touched = new TouchedDevices();
  }

  /** The handlers are others now. Answers what that does to devices, now and later. */
  TouchedDevices done() {
    if (leaving.isEmpty()) {
      touched = new TouchedDevices(); // Else there is one since they left.
    }
    leaving = Set.of();
    return touched;
  }

  /** Whether the driver is about to be replaced. */
  boolean isLeaving(DriverType driver) {
    return leaving.contains(driver);
  }

  /** Whether a driver that is about to be replaced may be asked to take the device. */
  boolean concerns(DeviceSlot slot) {
    return leaving.stream()
        .anyMatch(driver -> driver.connectionType().equals(slot.source.connectionType()));
  }

  /** An open device is closed because of it; opening it again is because of that, too. */
  void closes(DeviceSlot slot) {
    touched.closed(slot.identifier);
    opens(slot);
  }

  /** If the device is opened next, that is because of it. */
  void opens(DeviceSlot slot) {
    slot.touched = touched;
  }
}
