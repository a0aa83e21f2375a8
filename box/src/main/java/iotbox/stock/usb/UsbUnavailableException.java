package iotbox.stock.usb;

/** This machine has no USB, or none that this process may use: a state, not a fault. */
final class UsbUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param message why, and what to do where there is something to do
   */
  UsbUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
