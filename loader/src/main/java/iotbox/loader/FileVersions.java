package iotbox.loader;

/**
 * What the box has of one handler file.
 *
 * @param offered as the last archive had it
 * @param running the earlier version that runs instead; {@code null} if none does
 */
public record FileVersions(HandlerFile offered, HandlerFile running) {}
