package iotbox.stock.printer;

import iotbox.stock.printer.PrintJob.Format;
import iotbox.stock.printer.escpos.ColumnMode;
import iotbox.stock.printer.escpos.EscPos;
import iotbox.stock.printer.escpos.EscPosInquiry;
import iotbox.stock.printer.picture.Dots;
import iotbox.stock.printer.picture.Picture;
import iotbox.stock.printer.picture.PictureException;
import iotbox.stock.printer.raw.Inquiry;
import iotbox.stock.printer.star.Star;
import iotbox.stock.printer.ticket.Ticket;
import iotbox.stock.printer.ticket.TicketWriter;
import java.util.Optional;

/** Printers for receipts, which speak ESC/POS or Star's raster language. */
final class ReceiptLanguage implements PrinterLanguage {
  private final boolean star;
  private final String name;
  private final boolean alone;

  /**
   * @param star whether it speaks Star's language
   * @param name of the printer, which may say how it wants pictures ({@link ColumnMode})
   * @param alone whether no spooler stands before it that could change files into its language
   */
  ReceiptLanguage(boolean star, String name, boolean alone) {
    this.star = star;
    this.name = name;
    this.alone = alone;
  }

  @Override
  public Sized receipt(byte[] file) throws PictureException {
    Optional<ColumnMode> columns = star ? Optional.empty() : ColumnMode.in(name);
    Dots dots = Picture.dots(file);
    return new Sized(
        raw(
            "Receipt",
            out -> {
              if (star) {
                Star.raster(dots, out);
              } else {
                if (columns.isPresent()) {
                  EscPos.columns(dots, columns.get(), out);
                } else {
                  EscPos.raster(dots, out);
                }
                EscPos.cut(out);
              }
            }),
        dots.bytes().length);
  }

  @Override
  public PrintJob drawers() {
    return raw("Cash drawer", star ? Star::openDrawers : EscPos::openDrawers);
  }

  @Override
  public PrintJob ticket(Ticket ticket) {
    return raw(
        "Status",
        out -> {
          if (star) {
            TicketWriter.star(ticket, out);
          } else {
            TicketWriter.escPos(ticket, out);
          }
        });
  }

  @Override
  public Sized document(byte[] bytes) throws PictureException {
    if (alone && Documents.isPicture(bytes)) {
      return receipt(bytes);
    }
    if (alone && Documents.isFile(bytes)) {
      throw new IllegalArgumentException(
          "This receipt printer understands no PDF; print it on another one, or set this one up in"
              + " CUPS with its maker's driver");
    }
    return Documents.inPrintersLanguage(bytes);
  }

  @Override
  public Inquiry inquiry() {
    return star ? Inquiry.NONE : new EscPosInquiry();
  }

  private static PrintJob raw(String name, PrintJob.Body body) {
    return new PrintJob(name, Format.RAW, body);
  }
}
