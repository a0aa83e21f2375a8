package iotbox.stock.input;

import java.nio.file.Path;

/**
 * An event file from which keys can be read.
 *
 * @param path what is opened
 * @param kernelName what the kernel calls it at present, such as {@code input23/event5}: another
 *     name each time that the device is plugged in
 * @param name what the device calls itself
 */
public record InputFile(Path path, String kernelName, String name) {}
