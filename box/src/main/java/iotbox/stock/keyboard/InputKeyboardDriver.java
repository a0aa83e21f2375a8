package iotbox.stock.keyboard;

import iotbox.handler.ConnectionType;
import iotbox.handler.Device;
import iotbox.handler.Priority;

/** A keyboard or scanner that is not at the USB. */
@ConnectionType("input")
@Priority(-10)
public class InputKeyboardDriver extends KeyboardDriver {
  /** For the box. */
  public InputKeyboardDriver(String identifier, Device device) {
    super(identifier, device);
    deviceConnection(device.getString("connection"));
  }
}
