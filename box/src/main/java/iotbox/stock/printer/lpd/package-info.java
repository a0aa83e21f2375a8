/** Printers that take jobs by the line printer daemon's protocol (RFC 1179). */
package iotbox.stock.printer.lpd;
