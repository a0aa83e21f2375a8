package iotbox.stock.input;

import java.io.IOException;

/** The device was unplugged, or its connection is lost. */
public final class DeviceGoneException extends IOException {
  private static final long serialVersionUID = 1L;

  DeviceGoneException() {
    super("The device is gone: plug it in again");
  }
}
