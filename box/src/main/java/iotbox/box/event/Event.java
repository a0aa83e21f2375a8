package iotbox.box.event;

import java.util.Map;

/**
 * Something that a device told: a copy of its driver's data at that moment and what goes with it on
 * the wire (protocol section 2, long poll). Immutable.
 *
 * @param time seconds since the epoch with microseconds; unique, and greater than that of every
 *     earlier event
 * @param deviceType Odoo's type of the device: listeners may ask for a type instead of an
 *     identifier
 * @param owner the session whose action caused it, or {@code null}
 * @param data the driver's data, plus {@code status}, {@code result} and {@code action_args} where
 *     an action ended
 */
public record Event(
    double time,
    String deviceIdentifier,
    String deviceType,
    String owner,
    Map<String, Object> data) {}
