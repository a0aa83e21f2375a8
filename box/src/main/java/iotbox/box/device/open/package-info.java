/**
 * A device while a driver has it, an {@link iotbox.box.device.open.OpenDevice}: the driver's loop
 * ({@link iotbox.box.device.open.DriverLoop}, which starts one that died), its actions one after
 * the other ({@link iotbox.box.device.open.ActionQueue}), what it tells ({@link
 * iotbox.box.device.open.DeviceEvents}), and its end. {@link iotbox.box.device.open.DeviceActions}
 * sees to it that each action is done at most once, over a restart, too. Which driver has which
 * device, and for how long, is the manager's business: it opens devices, closes them, and hands
 * them their actions.
 *
 * <p>What a driver does wrong costs its own device time, and nobody else: it is called through the
 * {@link iotbox.box.guard.DriverGuard} only, and what came of that is the device's {@link
 * iotbox.box.device.open.Condition}.
 *
 * <p>Each class that has a lock has one, its own. Two of them are never held at the same time; all
 * may be taken under the manager's, and nobody who takes that is called under them.
 */
package iotbox.box.device.open;
