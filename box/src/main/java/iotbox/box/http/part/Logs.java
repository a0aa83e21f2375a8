package iotbox.box.http.part;

import java.nio.file.Path;

/**
 * The log as people get it.
 *
 * @param file that they download
 * @param levels how much is written
 * @param feed what was written last
 */
public record Logs(Path file, LogLevelControl levels, LogFeed feed) {}
