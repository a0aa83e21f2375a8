package iotbox.loader;

/**
 * One file of an archive of handlers.
 *
 * @param path below {@code iot_handlers}, with forward slashes, such as {@code
 *     drivers/MyScale.java}
 * @param content its bytes; not to be changed
 */
public record HandlerFile(String path, byte[] content) {}
