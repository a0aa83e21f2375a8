/**
 * Detected devices and the drivers that have them. {@link iotbox.box.device.Detection} keeps one
 * {@link iotbox.box.device.DetectionLoop} for each interface; what they list goes to the {@link
 * iotbox.box.device.DeviceManager}, which asks the drivers, opens an {@link
 * iotbox.box.device.OpenDevice} with the first that supports it, and closes it again. Every call
 * into a handler goes through the {@link iotbox.box.device.DriverGuard}; what went wrong there is
 * kept in {@link iotbox.box.device.HandlerFaults}.
 */
package iotbox.box.device;
