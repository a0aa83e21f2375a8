package iotbox.stock.usb;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.usb4java.ConfigDescriptor;
import org.usb4java.Context;
import org.usb4java.Device;
import org.usb4java.DeviceDescriptor;
import org.usb4java.DeviceHandle;
import org.usb4java.DeviceList;
import org.usb4java.Interface;
import org.usb4java.InterfaceDescriptor;
import org.usb4java.LibUsb;

/**
 * The real USB, by libusb. For one thread at a time. The native library is loaded by the first
 * scan, since it costs time and memory and is not there for every machine.
 *
 * <p>libusb counts references: a device in use after its last one is gone ends the whole process.
 * Drivers may hold a device long after it was unplugged, so each one that was ever listed keeps a
 * reference until {@link #close}. That costs some hundred bytes for each time that somebody plugs
 * something in. It also means that a device's address in memory stands for it alone, so that it
 * needs to be described once only.
 */
final class LibUsbBus implements UsbBus {
  private static final int DEEPEST_PORT = 7;

  private final Map<Device, UsbDescription> described = new HashMap<>();
  private Context context;
  private UsbUnavailableException withoutLibrary;

  @Override
  public List<UsbDescription> scan() throws UsbUnavailableException {
    open();
    DeviceList list = new DeviceList();
    check(LibUsb.getDeviceList(context, list));
    try {
      List<UsbDescription> plugged = new ArrayList<>();
      for (Device device : list) {
        UsbDescription description = described.get(device);
        if (description == null) {
          description = describe(device);
          described.put(LibUsb.refDevice(device), description);
        }
        plugged.add(description);
      }
      return plugged;
    } finally {
      LibUsb.freeDeviceList(list, true);
    }
  }

  @Override
  public void close() {
    if (context != null) {
      described.keySet().forEach(LibUsb::unrefDevice);
      described.clear();
      LibUsb.exit(context);
      context = null;
    }
  }

  private void open() throws UsbUnavailableException {
    if (withoutLibrary != null) {
      throw withoutLibrary;
    }
    if (context == null) {
      try {
        Context fresh = new Context();
        check(LibUsb.init(fresh));
        context = fresh;
      } catch (LinkageError | RuntimeException e) {
        // No library for this processor, or no folder to unpack it to: it stays so.
        Throwable reason = e.getCause() == null ? e : e.getCause();
        withoutLibrary = new UsbUnavailableException("libusb cannot be loaded here: " + reason, e);
        throw withoutLibrary;
      }
    }
  }

  private static void check(int answer) throws UsbUnavailableException {
    if (answer < 0) {
      throw new UsbUnavailableException("libusb says: " + LibUsb.strError(answer), null);
    }
  }

  private static UsbDescription describe(Device device) {
    DeviceDescriptor descriptor = new DeviceDescriptor();
    LibUsb.getDeviceDescriptor(device, descriptor);
    List<String> names =
        strings(
            device, descriptor.iManufacturer(), descriptor.iProduct(), descriptor.iSerialNumber());
    return new UsbDescription(
        descriptor.idVendor() & 0xffff,
        descriptor.idProduct() & 0xffff,
        place(device),
        LibUsb.getDeviceAddress(device),
        descriptor.bDeviceClass() & 0xff,
        interfaceClasses(device, descriptor.bNumConfigurations()),
        names.get(0),
        names.get(1),
        names.get(2),
        device);
  }

  private static String place(Device device) {
    ByteBuffer ports = ByteBuffer.allocateDirect(DEEPEST_PORT);
    int depth = LibUsb.getPortNumbers(device, ports);
    StringBuilder place = new StringBuilder().append(LibUsb.getBusNumber(device));
    for (int i = 0; i < depth; i++) {
      place.append(i == 0 ? '-' : '.').append(ports.get(i) & 0xff);
    }
    return place.toString();
  }

  private static Set<Integer> interfaceClasses(Device device, int configurations) {
    Set<Integer> classes = new HashSet<>();
    for (byte i = 0; i < configurations; i++) {
      ConfigDescriptor configuration = new ConfigDescriptor();
      if (LibUsb.getConfigDescriptor(device, i, configuration) != LibUsb.SUCCESS) {
        continue;
      }
      try {
        for (Interface usbInterface : configuration.iface()) {
          for (InterfaceDescriptor setting : usbInterface.altsetting()) {
            classes.add(setting.bInterfaceClass() & 0xff);
          }
        }
      } finally {
        LibUsb.freeConfigDescriptor(configuration);
      }
    }
    return classes;
  }

  /** The texts with these indexes; {@code null} for those that cannot be read. */
  private static List<String> strings(Device device, byte... indexes) {
    List<String> texts = new ArrayList<>();
    DeviceHandle handle = new DeviceHandle();
    // Fails where this user may not open it; the device is listed without its names then.
    boolean open = LibUsb.open(device, handle) == LibUsb.SUCCESS;
    try {
      for (byte index : indexes) {
        texts.add(open && index != 0 ? LibUsb.getStringDescriptor(handle, index) : null);
      }
    } finally {
      if (open) {
        LibUsb.close(handle);
      }
    }
    return texts;
  }
}
