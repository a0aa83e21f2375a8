package iotbox.stock.printer.escpos;

import iotbox.stock.printer.picture.Dots;
import java.io.IOException;
import java.io.OutputStream;

/** The commands that every ESC/POS printer knows. They are written; nothing is flushed. */
public final class EscPos {
  private static final int ESC = 0x1B;
  private static final int GS = 0x1D;
  private static final int LINE_FEED = 0x0A;

  /** Printers with little memory take no more at once. */
  private static final int SLICE_ROWS = 255;

  private EscPos() {}

  /**
   * A picture in rows: {@code GS v 0} for each slice of 255 rows. What is wider than the paper is
   * left out by the printer.
   */
  public static void raster(Dots dots, OutputStream out) throws IOException {
    int width = dots.rowBytes();
    for (int top = 0; top < dots.rows(); top += SLICE_ROWS) {
      int rows = Math.min(SLICE_ROWS, dots.rows() - top);
      out.write(new byte[] {GS, 'v', '0', 0, (byte) width, (byte) (width >> 8), (byte) rows, 0});
      out.write(dots.bytes(), top * width, rows * width);
    }
  }

  /**
   * A picture in bands that are printed column by column, {@code ESC *}, for printers that know no
   * {@code GS v 0}, such as those with needles.
   */
  public static void columns(Dots dots, ColumnMode mode, OutputStream out) throws IOException {
    Dots scaled = dots.scaled(mode.scale());
    int width = scaled.width();
    int height = mode.bandRows();
    byte[] band = new byte[width * height / 8];
    out.write(new byte[] {ESC, '3', 16});
    for (int top = 0; top < scaled.rows(); top += height) {
      out.write(new byte[] {ESC, '*', mode.density(), (byte) width, (byte) (width >> 8)});
      turn(scaled, top, height, band);
      out.write(band);
      out.write(LINE_FEED);
    }
    out.write(new byte[] {ESC, '2'});
  }

  /** Each column of the band as bytes, the topmost dot the highest bit of the first. */
  private static void turn(Dots dots, int top, int height, byte[] band) {
    int at = 0;
    for (int x = 0; x < dots.width(); x++) {
      for (int y = top; y < top + height; y += 8) {
        int eight = 0;
        for (int i = 0; i < 8; i++) {
          eight = eight << 1 | (dots.black(x, y + i) ? 1 : 0);
        }
        band[at++] = (byte) eight;
      }
    }
  }

  /** Feeds the paper to the knife and cuts it, all but a point. */
  public static void cut(OutputStream out) throws IOException {
    out.write(new byte[] {GS, 'V', 'A', 10});
  }

  /**
   * Opens both drawers that may be connected: selects the printer and sends a pulse of 50 ms to
   * each pin.
   */
  public static void openDrawers(OutputStream out) throws IOException {
    out.write(new byte[] {ESC, '=', 1, ESC, 'p', 0, 25, 25, ESC, 'p', 1, 25, 25});
  }

  /** Puts what follows into the middle of the line. */
  public static void center(OutputStream out) throws IOException {
    out.write(new byte[] {ESC, 'a', 1});
  }

  /** Back to the left, where the next receipt expects it. */
  public static void left(OutputStream out) throws IOException {
    out.write(new byte[] {ESC, 'a', 0});
  }

  /** What follows is twice as high and wide, or no longer. */
  public static void large(boolean on, OutputStream out) throws IOException {
    out.write(new byte[] {ESC, '!', (byte) (on ? 0x30 : 0)});
  }
}
