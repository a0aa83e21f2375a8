package iotbox.box.device;

/**
 * Who lists devices: an interface, by name, since a reloaded interface takes over the devices of
 * its predecessor.
 *
 * @param connectionType of the drivers that are asked about its devices
 */
public record Source(String className, String connectionType) {}
