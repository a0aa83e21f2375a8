/**
 * Detected devices and the drivers that have them. What the interfaces list comes from {@link
 * iotbox.box.detection} to the {@link iotbox.box.device.DeviceManager}, which asks the drivers,
 * opens an {@link iotbox.box.device.open.OpenDevice} with the first that supports it, and closes it
 * again. Every call into a handler goes through the {@link iotbox.box.guard.DriverGuard}.
 *
 * <p>For the manager {@link iotbox.box.device.SlotSteps} takes what is known of each device, its
 * {@link iotbox.box.device.DeviceSlot}, from phase to phase: a {@link iotbox.box.device.Search}
 * asks the drivers that may have it, {@link iotbox.box.device.Opening} gives it to one and takes it
 * away, {@link iotbox.box.device.Retries} plans when to ask again, {@link iotbox.box.device.Offers}
 * and {@link iotbox.box.device.HandlerChanges} see to drivers that come and go.
 *
 * <p>What a handler does wrong costs it more and more time, and nobody else any: {@link
 * iotbox.box.device.Asking} bounds the questions to one driver, {@link
 * iotbox.box.device.open.ActionQueue} the actions of one device, {@link
 * iotbox.box.device.open.DriverLoop} starts a loop that died.
 */
package iotbox.box.device;
