/**
 * Detected devices and the drivers that have them. {@link iotbox.box.device.Detection} keeps one
 * {@link iotbox.box.device.DetectionLoop} for each interface; what they list goes to the {@link
 * iotbox.box.device.DeviceManager}, which asks the drivers, opens an {@link
 * iotbox.box.device.OpenDevice} with the first that supports it, and closes it again. Every call
 * into a handler goes through the {@link iotbox.box.guard.DriverGuard}.
 *
 * <p>What a handler does wrong costs it more and more time, and nobody else any: {@link
 * iotbox.box.device.Asking} bounds the questions to one driver, {@link
 * iotbox.box.device.ActionQueue} the actions of one device, {@link iotbox.box.device.DriverLoop}
 * starts a loop that died.
 */
package iotbox.box.device;
