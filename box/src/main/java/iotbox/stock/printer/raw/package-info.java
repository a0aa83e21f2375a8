/**
 * Lines on which bytes go to a printer and come back: TCP and device files, with time-outs for
 * both.
 */
package iotbox.stock.printer.raw;
