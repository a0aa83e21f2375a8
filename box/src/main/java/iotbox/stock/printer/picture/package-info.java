/** Pictures as printers for receipts take them: black dots on white paper. */
package iotbox.stock.printer.picture;
