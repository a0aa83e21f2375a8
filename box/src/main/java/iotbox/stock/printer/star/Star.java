package iotbox.stock.printer.star;

import iotbox.stock.printer.picture.Dots;
import java.io.IOException;
import java.io.OutputStream;

/** The commands of Star's printers that a receipt needs. They are written; nothing is flushed. */
public final class Star {
  private static final int ESC = 0x1B;
  private static final int GS = 0x1D;
  private static final int BEL = 0x07;
  private static final int SUB = 0x1A;

  private Star() {}

  /**
   * A picture in raster mode: a page without an end ({@code ESC * r P 0}), a {@code b} for each
   * row. Leaving the mode ({@code ESC * r B}) prints the rest and cuts, as the printer is set.
   */
  public static void raster(Dots dots, OutputStream out) throws IOException {
    int width = dots.rowBytes();
    out.write(new byte[] {ESC, '*', 'r', 'A', ESC, '*', 'r', 'P', '0', 0});
    byte[] row = new byte[3 + width];
    row[0] = 'b';
    row[1] = (byte) width;
    row[2] = (byte) (width >> 8);
    for (int y = 0; y < dots.rows(); y++) {
      System.arraycopy(dots.bytes(), y * width, row, 3, width);
      out.write(row);
    }
    out.write(new byte[] {ESC, '*', 'r', 'B'});
  }

  /** Feeds the paper to the knife and cuts it. */
  public static void cut(OutputStream out) throws IOException {
    out.write(new byte[] {ESC, 'd', 2});
  }

  /** Opens both drawers that may be connected. */
  public static void openDrawers(OutputStream out) throws IOException {
    out.write(new byte[] {BEL, SUB});
  }

  /** Puts what follows into the middle of the line. */
  public static void center(OutputStream out) throws IOException {
    out.write(new byte[] {ESC, GS, 'a', 1});
  }

  /** Back to the left. */
  public static void left(OutputStream out) throws IOException {
    out.write(new byte[] {ESC, GS, 'a', 0});
  }

  /** What follows is twice as high and wide, or no longer. */
  public static void large(boolean on, OutputStream out) throws IOException {
    byte size = (byte) (on ? 1 : 0);
    out.write(new byte[] {ESC, 'i', size, size});
  }
}
