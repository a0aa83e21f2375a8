package iotbox.stock.printer;

import iotbox.stock.printer.PrintJob.Format;
import iotbox.stock.printer.raw.Inquiry;
import iotbox.stock.printer.ticket.Ticket;
import iotbox.stock.printer.ticket.TicketWriter;

/** Printers for labels, which speak ZPL. */
final class LabelLanguage implements PrinterLanguage {
  private static final String CORRECT =
      "; if it is no label printer, correct its kind (action update_kind)";

  @Override
  public Sized receipt(byte[] file) {
    throw new IllegalArgumentException("A label printer prints no receipts" + CORRECT);
  }

  @Override
  public PrintJob drawers() {
    throw new IllegalArgumentException("A label printer has no cash drawer" + CORRECT);
  }

  @Override
  public PrintJob ticket(Ticket ticket) {
    return new PrintJob("Status", Format.RAW, out -> TicketWriter.zpl(ticket, out));
  }

  @Override
  public Sized document(byte[] bytes) {
    return Documents.inPrintersLanguage(bytes);
  }

  @Override
  public Inquiry inquiry() {
    return Inquiry.NONE;
  }
}
