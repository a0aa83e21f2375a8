/** What {@code iotbox new} writes: the beginning of a module, a driver, an interface. */
package iotbox.box.command.skeleton;
