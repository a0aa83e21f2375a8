package iotbox.box.device.status;

import java.time.Instant;
import java.util.List;

/**
 * How a device comes by its driver; a part of its status.
 *
 * @param connectionType of the drivers that may have it
 * @param rule what people decided about it
 * @param chosen why its driver has it, in a sentence; {@code null} while none has
 * @param declined who was asked the last time, before its driver was or in vain
 * @param next when drivers are asked about it again; {@code null} unless it waits for that
 */
public record Selection(
    String connectionType, Rule rule, String chosen, List<Declined> declined, Instant next) {}
