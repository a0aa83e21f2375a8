package iotbox.stock.usb;

import iotbox.stock.input.InputDevice;
import java.util.Set;

/**
 * One plugged device.
 *
 * @param place where it is plugged in: the bus and the ports on the way, such as {@code 1-1.4}
 * @param address its number on the bus, which is another one each time that it is plugged in
 * @param deviceClass USB's class of the device; 0 if its interfaces tell
 * @param interfaceClasses USB's classes of its interfaces
 * @param manufacturer {@code null} if it cannot be read, like the next two
 * @param nativeDevice what a driver opens; {@code null} where libusb does not see it
 */
record UsbDescription(
    int vendorId,
    int productId,
    String place,
    int address,
    int deviceClass,
    Set<Integer> interfaceClasses,
    String manufacturer,
    String product,
    String serialNumber,
    Object nativeDevice) {
  private static final int FOR_PEOPLE = 3;
  private static final int PRINTER = 7;
  private static final int HUB = 9;

  UsbDescription {
    interfaceClasses = Set.copyOf(interfaceClasses);
  }

  /** What the kernel knows of a keyboard at the USB. */
  static UsbDescription of(InputDevice keyboard) {
    return new UsbDescription(
        keyboard.vendorId(),
        keyboard.productId(),
        keyboard.place(),
        keyboard.address(),
        0,
        Set.of(FOR_PEOPLE),
        keyboard.manufacturer(),
        keyboard.product(),
        keyboard.serialNumber(),
        null);
  }

  boolean isHub() {
    return deviceClass == HUB;
  }

  /** Printers have their own interface. */
  boolean isPrinter() {
    return deviceClass == PRINTER || interfaceClasses.contains(PRINTER);
  }

  /** The identifier that Odoo knows such a device by, where it is the only one. */
  String kind() {
    return "usb_%04x:%04x".formatted(vendorId, productId);
  }
}
