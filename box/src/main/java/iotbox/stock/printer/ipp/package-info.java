/**
 * Printers and spoolers that speak IPP (RFC 8010 and 8011, and the operations that CUPS adds):
 * asked what there is, given jobs, and asked what became of them.
 */
package iotbox.stock.printer.ipp;
