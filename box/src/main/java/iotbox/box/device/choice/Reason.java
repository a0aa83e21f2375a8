package iotbox.box.device.choice;

import iotbox.box.device.status.Declined;
import iotbox.handler.Device;
import iotbox.loader.DriverType;
import java.util.List;

/** Why a driver has a device, in a sentence for people. */
final class Reason {
  private Reason() {}

  /**
   * The driver was asked and wanted it.
   *
   * @param asked in this order; perhaps only some, when others had been asked before
   * @param all the drivers that may have it
   */
  static String asked(
      DriverType driver,
      Device device,
      List<DriverType> asked,
      List<DriverType> all,
      List<Declined> declined) {
    String why =
        driver.isFor(device)
            ? "The driver says that it was made for such devices and recognised it"
            : "The driver recognised it";
    if (all.size() == 1) {
      return why + "; there is no other one to ask.";
    }
    if (!declined.isEmpty()) {
      return why + ", after " + count(declined.size()) + " before it had not.";
    }
    return asked.size() < all.size()
        ? why + "."
        : why + ", and was asked first of " + count(all.size()) + ".";
  }

  private static String count(int drivers) {
    return drivers == 1 ? "one driver" : drivers + " drivers";
  }
}
