/**
 * ESC/POS, the language of Epson's receipt printers and of most others, as its public reference
 * describes it.
 */
package iotbox.stock.printer.escpos;
