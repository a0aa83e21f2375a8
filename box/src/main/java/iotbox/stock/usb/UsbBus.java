package iotbox.stock.usb;

import java.util.List;

/** The USB of this machine, behind a seam so that it can be had without one. */
interface UsbBus extends AutoCloseable {
  /**
   * Everything that is plugged in now, hubs included.
   *
   * @throws UsbUnavailableException if this machine has no usable USB
   */
  List<UsbDescription> scan() throws UsbUnavailableException;

  /** Releases everything that was ever listed. */
  @Override
  void close();
}
