/**
 * Devices that are played: a script says what a device expects and what it answers ({@link
 * iotbox.box.simulation.LineScript}), and a pseudo terminal or a TCP port makes a device of it that
 * drivers open like any other. Nothing here is loaded by a box that has real devices.
 */
package iotbox.box.simulation;
