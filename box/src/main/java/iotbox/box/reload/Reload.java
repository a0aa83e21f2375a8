package iotbox.box.reload;

import iotbox.box.device.TouchedDevices;
import java.time.Instant;
import java.util.List;

/**
 * One reload that changed something.
 *
 * @param at when the new handlers were in their place
 * @param source {@code odoo}, or the name of a module's folder
 * @param millis how long it took in all
 * @param compileMillis how much of it went by until the new classes were there and checked
 * @param compiled how often a compiler ran
 * @param loaded so many files of this source are loaded
 * @param refused so many files are refused, of all sources
 * @param files that differ from before
 * @param devices that were opened and closed because of it; more may come
 */
public record Reload(
    Instant at,
    String source,
    long millis,
    long compileMillis,
    int compiled,
    int loaded,
    int refused,
    List<FileChange> files,
    TouchedDevices devices) {}
