/** The language of Star's receipt printers, as its specifications of raster mode describe it. */
package iotbox.stock.printer.star;
