package iotbox.stock.printer;

import iotbox.stock.printer.PrintJob.Format;
import iotbox.stock.printer.picture.PictureException;
import iotbox.stock.printer.raw.Inquiry;
import iotbox.stock.printer.ticket.Ticket;
import iotbox.stock.printer.ticket.TicketWriter;
import java.nio.charset.StandardCharsets;

/**
 * Printers for pages. One that takes bytes only and tells nothing of itself may well be a receipt
 * printer: where Odoo sends it receipts, it gets them as one, as from Odoo's own box.
 */
final class OfficeLanguage implements PrinterLanguage {
  private final PrinterLanguage receipts;

  /**
   * @param receipts for one that may be a receipt printer, else {@code null}
   */
  OfficeLanguage(PrinterLanguage receipts) {
    this.receipts = receipts;
  }

  @Override
  public Sized receipt(byte[] file) throws PictureException {
    return receipts != null
        ? receipts.receipt(file)
        : new Sized(PrintJob.of("Receipt", Format.DOCUMENT, file), file.length);
  }

  @Override
  public PrintJob drawers() {
    if (receipts == null) {
      throw new IllegalArgumentException(
          "An office printer has no cash drawer; if it is a receipt printer, correct its kind"
              + " (action update_kind)");
    }
    return receipts.drawers();
  }

  @Override
  public PrintJob ticket(Ticket ticket) {
    return PrintJob.of(
        "Status", Format.TEXT, TicketWriter.plain(ticket).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Sized document(byte[] bytes) {
    return new Sized(PrintJob.of(Documents.NAME, Format.DOCUMENT, bytes), bytes.length);
  }

  @Override
  public Inquiry inquiry() {
    return Inquiry.NONE;
  }
}
