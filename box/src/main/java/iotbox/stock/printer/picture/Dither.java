package iotbox.stock.printer.picture;

import java.util.Arrays;

/**
 * Makes dots of shades of grey, row by row: what a dot is too dark or too light for its shade is
 * made up for by its neighbours (Floyd and Steinberg, 1976). The same thresholds and roundings as
 * in the imaging library of Odoo's own box, so that a receipt looks the same from either.
 */
final class Dither {
  private static final int FULL = 255;
  private static final int HALF = 128;

  private final Dots dots;

  /** What the row above left to each dot of this row, in sixteenths; one place wider each side. */
  private int[] left;

  private int[] leaves;
  private int row;

  Dither(int width, int rows) {
    this.dots = Dots.white(width, rows);
    this.left = new int[width + 2];
    this.leaves = new int[width + 2];
  }

  /**
   * Takes the next row.
   *
   * @param ink how black each dot should be, from 0 to 255
   */
  void add(byte[] ink) {
    int fromLeft = 0;
    for (int x = 0; x < dots.width(); x++) {
      int wanted = (ink[x] & 0xFF) + (fromLeft + left[x + 1]) / 16;
      int shade = Math.max(0, Math.min(FULL, wanted));
      int lacking = shade;
      if (shade > HALF) {
        dots.blacken(x, row);
        lacking -= FULL;
      }
      fromLeft = 7 * lacking;
      leaves[x] += 3 * lacking;
      leaves[x + 1] += 5 * lacking;
      leaves[x + 2] += lacking;
    }
    int[] used = left;
    left = leaves;
    leaves = used;
    Arrays.fill(leaves, 0);
    row++;
  }

  /** All rows, once all were added. */
  Dots dots() {
    return dots;
  }
}
