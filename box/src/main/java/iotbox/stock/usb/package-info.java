/**
 * USB devices: which there are. What speaks with one of them is a driver of connection type {@code
 * usb}.
 */
package iotbox.stock.usb;
