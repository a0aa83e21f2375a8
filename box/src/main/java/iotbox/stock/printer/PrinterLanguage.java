package iotbox.stock.printer;

import iotbox.stock.printer.picture.PictureException;
import iotbox.stock.printer.raw.Inquiry;
import iotbox.stock.printer.ticket.Ticket;

/**
 * What one kind of printer understands. Jobs hold what is to be printed as small as it gets; their
 * bytes are made while they are sent.
 */
interface PrinterLanguage {
  /**
   * A receipt that came as a picture.
   *
   * @param file PNG or JPEG
   * @throws PictureException if it cannot be printed; the message says why
   * @throws IllegalArgumentException if this kind of printer prints no receipts
   */
  Sized receipt(byte[] file) throws PictureException;

  /**
   * Opens the cash drawers at the printer.
   *
   * @throws IllegalArgumentException if this kind of printer has none
   */
  PrintJob drawers();

  /** The status ticket. */
  PrintJob ticket(Ticket ticket);

  /**
   * A document that Odoo made, in the printer's language or as a file.
   *
   * @throws PictureException if it is a picture that cannot be printed
   * @throws IllegalArgumentException if the printer would print it as gibberish
   */
  Sized document(byte[] bytes) throws PictureException;

  /** How it is asked for its state, if the connection can carry that; a new one each time. */
  Inquiry inquiry();

  /**
   * A job and the memory that it takes.
   *
   * @param bytes of memory
   */
  record Sized(PrintJob job, long bytes) {}
}
