package iotbox.stock.usb;

import iotbox.handler.ConnectionType;
import iotbox.handler.Device;
import iotbox.handler.Interface;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The USB devices of this machine, without hubs and printers, as {@code usb_vvvv:pppp}. Twins get
 * {@code _2}, {@code _3} … in the order of their places, and keep it while they stay plugged in.
 *
 * <p>Attributes: {@code identifier}, {@code vendor_id} and {@code product_id} (numbers), {@code
 * place} (such as {@code 1-1.4}), and where they can be read {@code manufacturer}, {@code product},
 * {@code serial_number}. The native object is an {@code org.usb4java.Device}, which stays valid
 * until the box ends, also after it was unplugged; opening it fails then.
 *
 * <p>A machine without USB has no such devices, and that is said once in the log.
 */
@ConnectionType("usb")
public class UsbInterface extends Interface {
  private final UsbBus bus;
  private Map<String, String> identifiers = Map.of();
  private String unavailable = "";

  /** This machine's USB; nothing of it is touched before the first look. */
  public UsbInterface() {
    this(new LibUsbBus());
  }

  UsbInterface(UsbBus bus) {
    this.bus = bus;
  }

  @Override
  public Map<String, Device> getDevices() {
    List<UsbDescription> plugged = new ArrayList<>();
    try {
      for (UsbDescription device : bus.scan()) {
        if (!device.isHub() && !device.isPrinter()) {
          plugged.add(device);
        }
      }
      unavailable = "";
    } catch (UsbUnavailableException e) {
      tellOnce(e);
    }
    plugged.sort(Comparator.comparing(UsbDescription::place));
    identifiers = identify(plugged);
    Map<String, Device> devices = new LinkedHashMap<>();
    for (UsbDescription device : plugged) {
      String identifier = identifiers.get(key(device));
      devices.put(identifier, describe(identifier, device));
    }
    return devices;
  }

  @Override
  public void close() {
    bus.close();
  }

  /** Whoever was here keeps its identifier; whoever is new gets the first free one of its kind. */
  private Map<String, String> identify(List<UsbDescription> plugged) {
    Map<String, String> names = new HashMap<>();
    for (UsbDescription device : plugged) {
      String known = identifiers.get(key(device));
      if (known != null) {
        names.put(key(device), known);
      }
    }
    for (UsbDescription device : plugged) {
      if (!names.containsKey(key(device))) {
        names.put(key(device), firstFree(device.kind(), names));
      }
    }
    return names;
  }

  private static String firstFree(String kind, Map<String, String> names) {
    String name = kind;
    for (int twin = 2; names.containsValue(name); twin++) {
      name = kind + "_" + twin;
    }
    return name;
  }

  private static String key(UsbDescription device) {
    return device.place() + " " + device.kind();
  }

  private void tellOnce(UsbUnavailableException e) {
    if (!unavailable.equals(e.getMessage())) {
      unavailable = e.getMessage();
      log().info("No USB devices: {}", unavailable);
      log().debug("No USB devices", e);
    }
  }

  private static Device describe(String identifier, UsbDescription usb) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("identifier", identifier);
    attributes.put("vendor_id", usb.vendorId());
    attributes.put("product_id", usb.productId());
    attributes.put("place", usb.place());
    putKnown(attributes, "manufacturer", usb.manufacturer());
    putKnown(attributes, "product", usb.product());
    putKnown(attributes, "serial_number", usb.serialNumber());
    return Device.of(attributes, usb.nativeDevice());
  }

  private static void putKnown(Map<String, Object> attributes, String name, String value) {
    if (value != null && !value.isBlank()) {
      attributes.put(name, value.strip());
    }
  }
}
