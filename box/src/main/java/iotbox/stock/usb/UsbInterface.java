package iotbox.stock.usb;

import iotbox.handler.ConnectionType;
import iotbox.handler.Device;
import iotbox.handler.Interface;
import iotbox.stock.input.InputDevice;
import iotbox.stock.input.Inputs;
import iotbox.stock.place.PlaceMemory;
import iotbox.stock.place.PlaceNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The USB devices of this machine, without hubs and printers, as {@code usb_vvvv:pppp}. Twins get
 * {@code _2}, {@code _3} … in the order of their places, and have it again whenever they are
 * plugged in there.
 *
 * <p>Attributes: {@code identifier}, {@code vendor_id} and {@code product_id} (numbers), {@code
 * place} (such as {@code 1-1.4}), {@code plugged_in} (another one each time), and where they can be
 * read {@code manufacturer}, {@code product}, {@code serial_number}; of keyboards and scanners
 * those of {@link Inputs} too. The native object is an {@code org.usb4java.Device}, which stays
 * valid until the box ends, also after it was unplugged; opening it fails then.
 *
 * <p>A machine without USB has no such devices, and that is said once in the log. Keyboards and
 * scanners are listed there too, without a native object: a container may have been given their
 * event files only.
 */
@ConnectionType("usb")
public class UsbInterface extends Interface {
  private final UsbBus bus;
  private final PlaceNames names;
  private final Inputs inputs;
  private String unavailable = "";

  /** This machine's USB; nothing of it is touched before the first look. */
  public UsbInterface() {
    this(PlaceMemory.passing());
  }

  /**
   * This machine's USB, with the names that devices had before.
   *
   * @param memory for this interface alone
   */
  public UsbInterface(PlaceMemory memory) {
    this(memory, Inputs.none());
  }

  /**
   * This machine's USB, with the names that devices had before, and what is known of keyboards.
   *
   * @param memory for this interface alone
   */
  public UsbInterface(PlaceMemory memory, Inputs inputs) {
    this(new LibUsbBus(), memory, inputs);
  }

  UsbInterface(UsbBus bus, PlaceMemory memory, Inputs inputs) {
    this.bus = bus;
    this.names = new PlaceNames(memory);
    this.inputs = inputs;
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
    Map<String, InputDevice> keyboards = new HashMap<>();
    for (InputDevice input : inputs.list()) {
      if (input.bus() == InputDevice.USB) {
        keyboards.put(input.place(), input);
      }
    }
    addUnseen(plugged, keyboards);
    plugged.sort(Comparator.comparing(UsbDescription::place));
    List<String> identifiers = names.of(plugged.stream().map(UsbInterface::placed).toList());
    Map<String, Device> devices = new LinkedHashMap<>();
    for (int i = 0; i < plugged.size(); i++) {
      String identifier = identifiers.get(i);
      Map<String, Object> attributes = describe(identifier, plugged.get(i));
      InputDevice keyboard = keyboards.get(plugged.get(i).place());
      if (keyboard != null) {
        attributes.putAll(inputs.attributes(identifier, keyboard));
      }
      devices.put(identifier, Device.of(attributes, plugged.get(i).nativeDevice()));
    }
    return devices;
  }

  /** What types is there, whether or not libusb may see it. */
  private static void addUnseen(List<UsbDescription> plugged, Map<String, InputDevice> keyboards) {
    List<String> seen = plugged.stream().map(UsbDescription::place).toList();
    keyboards.forEach(
        (place, keyboard) -> {
          if (!seen.contains(place)) {
            plugged.add(UsbDescription.of(keyboard));
          }
        });
  }

  @Override
  public void close() {
    bus.close();
  }

  private static PlaceNames.Plugged placed(UsbDescription device) {
    String kind = device.kind();
    return new PlaceNames.Plugged(kind, device.place(), i -> i == 0 ? kind : kind + "_" + (i + 1));
  }

  private void tellOnce(UsbUnavailableException e) {
    if (!unavailable.equals(e.getMessage())) {
      unavailable = e.getMessage();
      log().info("No USB devices: {}", unavailable);
      log().debug("No USB devices", e);
    }
  }

  private static Map<String, Object> describe(String identifier, UsbDescription usb) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("identifier", identifier);
    attributes.put("vendor_id", usb.vendorId());
    attributes.put("product_id", usb.productId());
    attributes.put("place", usb.place());
    attributes.put("plugged_in", usb.address());
    putKnown(attributes, "manufacturer", usb.manufacturer());
    putKnown(attributes, "product", usb.product());
    putKnown(attributes, "serial_number", usb.serialNumber());
    return attributes;
  }

  private static void putKnown(Map<String, Object> attributes, String name, String value) {
    if (value != null && !value.isBlank()) {
      attributes.put(name, value.strip());
    }
  }
}
