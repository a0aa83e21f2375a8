package iotbox.box;

import iotbox.box.device.status.DeviceStatus;
import iotbox.box.odoo.OdooStatus;
import java.util.List;
import java.util.function.Supplier;

/** How the box stands, in one line for whoever asks systemd. */
final class StatusLine {
  private final String url;
  private final Supplier<List<DeviceStatus>> devices;
  private final Supplier<OdooStatus> odoo;

  StatusLine(String url, Supplier<List<DeviceStatus>> devices, Supplier<OdooStatus> odoo) {
    this.url = url;
    this.devices = devices;
    this.odoo = odoo;
  }

  String get() {
    List<DeviceStatus> all = devices.get();
    long driven = all.stream().filter(device -> device.driver() != null).count();
    return url
        + ", Odoo: "
        + odoo.get().state().word()
        + ", devices: "
        + all.size()
        + (driven == all.size() ? "" : ", of them with a driver: " + driven);
  }
}
