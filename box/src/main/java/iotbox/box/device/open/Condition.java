package iotbox.box.device.open;

import iotbox.box.device.status.DeviceStatus;
import iotbox.box.guard.Trouble;

/**
 * How an open device is doing at one moment.
 *
 * @param detail what is wrong, or was until just now; or {@code null}
 * @param trouble the same for programs, or {@code null}
 */
public record Condition(DeviceStatus.State state, String detail, Trouble trouble) {
  static final Condition WELL = new Condition(DeviceStatus.State.CONNECTED, null, null);
}
