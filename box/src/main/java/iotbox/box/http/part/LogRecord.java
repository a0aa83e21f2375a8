package iotbox.box.http.part;

import java.time.Instant;

/**
 * A record of the log, as the log file has it.
 *
 * @param number counts from 1 on since the start, without a gap
 * @param level such as {@code warn}
 * @param logger the class that wrote it
 * @param thrown with its stack, or {@code null}
 */
public record LogRecord(
    long number, Instant time, String level, String logger, String message, String thrown) {}
