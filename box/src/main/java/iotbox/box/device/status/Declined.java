package iotbox.box.device.status;

import iotbox.loader.DriverType;

/**
 * A driver that was asked about a device and does not have it.
 *
 * @param driver its class
 * @param answer what came of asking it, in words
 */
public record Declined(String driver, String answer) {

  /** One that said no. */
  public static Declined by(DriverType driver) {
    return new Declined(driver.className(), driver.type().getSimpleName() + " declined");
  }

  /** One that could not say, or could not be made. */
  public static Declined by(DriverType driver, Throwable failure) {
    return new Declined(driver.className(), failure.getMessage());
  }

  @Override
  public String toString() {
    return answer;
  }
}
