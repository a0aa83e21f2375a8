/**
 * What there is to say of a device: its {@link iotbox.box.device.status.DeviceStatus} with all that
 * belongs to it. The rooms above make it, for whoever asks; the homepage, Odoo, the figures and the
 * terminal read it.
 *
 * <p>Values only, which never change and need no lock: nothing here knows a driver instance or
 * keeps a class of a handler in memory.
 */
package iotbox.box.device.status;
