/**
 * Which driver has a device. {@link iotbox.box.device.choice.DriverRules} keeps what people
 * decided, {@link iotbox.box.device.choice.Candidates} says by that and by what drivers say of
 * themselves who may have the device and in which order ({@link
 * iotbox.box.device.choice.DriverOrder}), and {@link iotbox.box.device.choice.DriverChooser} asks
 * them one after the other. What remains unsaid is a {@link iotbox.box.device.choice.Doubt}. When
 * to ask, and what becomes of the answer, is the manager's business.
 *
 * <p>A driver that does not answer costs it more and more time, and nobody else any: {@link
 * iotbox.box.device.choice.Asking} bounds the questions of one kind to one driver. All of them are
 * asked through the {@link iotbox.box.guard.DriverGuard}; no method here blocks but those of {@code
 * DriverRules} that say so.
 *
 * <p>Two locks, never held at the same time: that of {@code DriverRules}, held while a small file
 * is written, which the manager therefore never takes; and that of an {@code Asking}, held for
 * look-ups and taken under the manager's. Answers are told under neither.
 */
package iotbox.box.device.choice;
