/** What devices that show something to people tell of the box: a status ticket, a display. */
package iotbox.stock.host;
