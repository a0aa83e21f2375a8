/**
 * Which devices are there: {@link iotbox.box.detection.Detection} keeps one {@link
 * iotbox.box.detection.DetectionLoop} for each interface of the present handlers, which asks it
 * again and again and tells the {@link iotbox.box.device.DeviceManager} what it lists. The loader
 * tells of changed handlers here, and from here the manager hears of them, so that devices are
 * closed while interfaces stop.
 *
 * <p>Interfaces are called through the {@link iotbox.box.guard.DriverGuard}, so no method here
 * blocks; what is told of an interface is its {@link iotbox.box.detection.InterfaceStatus}.
 *
 * <p>Two locks, in this order: that of {@code Detection} guards which loops there are, that of a
 * {@code DetectionLoop} how its interface is doing. The manager's is taken inside both, since the
 * manager is told under them; it never calls back.
 */
package iotbox.box.detection;
