package iotbox.stock.printer.ticket;

import iotbox.stock.printer.escpos.EscPos;
import iotbox.stock.printer.star.Star;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes a ticket in the languages of printers. */
public final class TicketWriter {
  private static final int QR_MODULE = 6;
  private static final String LINE_END = "\r\n";

  private TicketWriter() {}

  /** For receipt printers that speak ESC/POS. */
  public static void escPos(Ticket ticket, OutputStream out) throws IOException {
    EscPos.center(out);
    EscPos.large(true, out);
    line(ticket.title(), out);
    EscPos.large(false, out);
    sections(ticket, out);
    if (ticket.address() != null) {
      line("", out);
      EscPos.raster(QrDots.of(ticket.address(), QR_MODULE), out);
    }
    EscPos.left(out);
    EscPos.cut(out);
  }

  /** For Star's receipt printers. */
  public static void star(Ticket ticket, OutputStream out) throws IOException {
    Star.center(out);
    Star.large(true, out);
    line(ticket.title(), out);
    Star.large(false, out);
    sections(ticket, out);
    Star.left(out);
    if (ticket.address() == null) {
      Star.cut(out);
    } else {
      line("", out);
      Star.raster(QrDots.of(ticket.address(), QR_MODULE), out); // Its end cuts.
    }
  }

  private static void sections(Ticket ticket, OutputStream out) throws IOException {
    for (List<String> section : ticket.sections()) {
      line("", out);
      for (String text : section) {
        line(text, out);
      }
    }
  }

  private static void line(String text, OutputStream out) throws IOException {
    out.write((printable(text) + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** Which other letters a printer has, and under which numbers, is not known. */
  private static String printable(String text) {
    return text.replaceAll("[^\\x20-\\x7E]", "?");
  }

  /** For label printers that speak ZPL. */
  public static void zpl(Ticket ticket, OutputStream out) throws IOException {
    StringBuilder label = new StringBuilder("^XA^CI28");
    int y = 40;
    label.append(text(35, y, 30, ticket.title()));
    y += 10;
    for (List<String> section : ticket.sections()) {
      y += 10;
      for (String text : section) {
        y += 27;
        label.append(text(35, y, 22, text));
      }
    }
    if (ticket.address() != null) {
      label.append("^FO35,").append(y + 20).append("^BQN,2,5^FH_^FDQA,");
      label.append(escaped(ticket.address())).append("^FS");
    }
    out.write(label.append("^XZ\n").toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String text(int x, int y, int height, String text) {
    return "^FT" + x + "," + y + "^A0N," + height + "^FH_^FD" + escaped(text) + "^FS";
  }

  /** So that no text is taken for a command. */
  private static String escaped(String text) {
    return text.replace("_", "_5F").replace("^", "_5E").replace("~", "_7E");
  }

  /** For office printers. */
  public static String plain(Ticket ticket) {
    StringBuilder page = new StringBuilder(ticket.title()).append(LINE_END);
    for (List<String> section : ticket.sections()) {
      page.append(LINE_END);
      section.forEach(text -> page.append(text).append(LINE_END));
    }
    return page.append('\f').toString();
  }
}
