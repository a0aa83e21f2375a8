/** Receipt, label and office printers: how they are found, reached and spoken to. */
package iotbox.stock.printer;
