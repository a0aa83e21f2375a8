/**
 * What the program does when its first argument is the name of a command, instead of running a box:
 * {@code iotbox sign …}. {@link iotbox.box.command.Commands} lists them.
 */
package iotbox.box.command;
