package iotbox.stock.input;

import iotbox.handler.ConnectionType;
import iotbox.handler.Device;
import iotbox.handler.Interface;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keyboards and scanners that are not at the USB: by Bluetooth, {@code bluetooth_…} with their
 * address, and at a PS/2 socket, {@code ps2_…}. Those at the USB are listed by {@code
 * UsbInterface}.
 *
 * <p>Attributes: {@code identifier}, {@code vendor_id}, {@code product_id}, {@code product} (what
 * it calls itself), {@code connection} ({@code bluetooth} or {@code direct}), and those of {@link
 * Inputs}.
 */
@ConnectionType("input")
public class InputInterface extends Interface {
  private static final Map<Integer, String> PREFIXES =
      Map.of(InputDevice.BLUETOOTH, "bluetooth_", InputDevice.PS2, "ps2_");

  private final Inputs inputs;

  /** None, as there is no way to know where they are. */
  public InputInterface() {
    this(Inputs.none());
  }

  public InputInterface(Inputs inputs) {
    this.inputs = inputs;
  }

  @Override
  public Map<String, Device> getDevices() {
    Map<String, Device> devices = new LinkedHashMap<>();
    for (InputDevice input : inputs.list()) {
      String prefix = PREFIXES.get(input.bus());
      if (prefix == null) {
        continue; // Made by a program, or a part of the machine.
      }
      String identifier = prefix + input.place();
      Map<String, Object> own = inputs.attributes(identifier, input);
      if (!own.isEmpty()) {
        devices.put(identifier, describe(identifier, input, own));
      }
    }
    return devices;
  }

  private static Device describe(String identifier, InputDevice input, Map<String, Object> own) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("identifier", identifier);
    attributes.put("vendor_id", input.vendorId());
    attributes.put("product_id", input.productId());
    attributes.put("product", input.name());
    attributes.put("connection", input.bus() == InputDevice.BLUETOOTH ? "bluetooth" : "direct");
    attributes.putAll(own);
    return Device.of(attributes);
  }
}
