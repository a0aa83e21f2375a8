/**
 * Finds printers: by hand, in the local CUPS, at USB and in the network; one that is found in
 * several ways is one device.
 */
package iotbox.stock.printer.found;
