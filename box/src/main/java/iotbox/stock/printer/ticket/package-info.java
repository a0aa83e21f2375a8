/** The status ticket: what a person who stands before the printer wants to know of the box. */
package iotbox.stock.printer.ticket;
