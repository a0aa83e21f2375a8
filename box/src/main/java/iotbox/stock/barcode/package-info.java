/** Barcodes, and the scanners that send them over a serial line. */
package iotbox.stock.barcode;
