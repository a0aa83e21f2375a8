/**
 * Detected devices and the drivers that have them. What the interfaces list comes from {@link
 * iotbox.box.detection} to the {@link iotbox.box.device.DeviceManager}, which has the drivers
 * asked, opens each device with the first that supports it, and closes it again. Who asks whom and
 * in which order is in {@code choice}, a device while a driver has it in {@code open}, and what is
 * told of it in {@code status}. They know neither each other nor the manager, but {@code status},
 * which all may speak of.
 *
 * <p>For the manager {@link iotbox.box.device.SlotSteps} takes what is known of each device, its
 * {@link iotbox.box.device.DeviceSlot}, from phase to phase: a {@link iotbox.box.device.Search} has
 * those asked that may have it, {@link iotbox.box.device.Opening} gives it to one and takes it
 * away, {@link iotbox.box.device.Retries} plans when to ask again, {@link iotbox.box.device.Offers}
 * and {@link iotbox.box.device.HandlerChanges} see to drivers that come and go. {@link
 * iotbox.box.device.SlotStatus} makes the picture that others get. They stay together as they share
 * the slots, which nobody else may touch.
 *
 * <p>One lock guards the slots: the manager's, under which all that is done here is done, and no
 * handler is called. It is taken under the locks of {@code detection}, which tell what they list;
 * under it those of {@code choice}, {@code open}, the guard and the events are taken, and that of
 * {@link iotbox.box.device.TouchedDevices}; so nothing that takes it is called under these.
 */
package iotbox.box.device;
