/**
 * Serial ports: which there are, and a base for drivers that ask a device something over a line.
 *
 * <p>Written against {@code iotbox.handler} like any module's handlers. A module extends {@link
 * iotbox.stock.serial.SerialDriver}, or {@link iotbox.stock.serial.ScaleDriver} if it weighs.
 */
package iotbox.stock.serial;
