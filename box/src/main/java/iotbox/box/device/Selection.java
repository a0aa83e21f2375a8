package iotbox.box.device;

import iotbox.box.device.DriverRules.Rule;
import java.time.Instant;

/**
 * How a device comes by its driver; a part of its status.
 *
 * @param connectionType of the drivers that may have it
 * @param rule what people decided about it
 * @param next when drivers are asked about it again; {@code null} unless it waits for that
 */
public record Selection(String connectionType, Rule rule, Instant next) {}
