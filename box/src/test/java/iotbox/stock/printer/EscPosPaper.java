package iotbox.stock.printer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.BitSet;
import java.util.function.IntConsumer;

/**
 * Does what ESC/POS tells it, as the reference of the commands has it, and knows nothing of what
 * the box writes. Anything unknown ends it.
 */
final class EscPosPaper {
  private final InputStream in;
  private final Paper paper;
  private final Runnable beforeRow;
  private final IntConsumer sensorAsked;
  private final StringBuilder text = new StringBuilder();
  private BitSet[] band = new BitSet[0];
  private int bandWidth;
  private int spacing = 30;

  /**
   * @param beforeRow is called before each row of dots and may wait, as for paper
   * @param sensorAsked is called for GS r
   */
  EscPosPaper(InputStream in, Paper paper, Runnable beforeRow, IntConsumer sensorAsked) {
    this.in = in;
    this.paper = paper;
    this.beforeRow = beforeRow;
    this.sensorAsked = sensorAsked;
  }

  /** Prints until the data ends. */
  void print() throws IOException {
    for (int next = in.read(); next >= 0; next = in.read()) {
      switch (next) {
        case 0x1B -> escape();
        case 0x1D -> group();
        case 0x10 -> realTime();
        case '\n' -> feed();
        default -> letter(next);
      }
    }
  }

  private void realTime() throws IOException {
    expect(0x04, "DLE");
    int what = byteOf("DLE EOT");
    if (what < 1 || what > 4) {
      throw new IOException("DLE EOT " + what);
    }
  }

  private void escape() throws IOException {
    int command = byteOf("ESC");
    switch (command) {
      case '*' -> bitImage();
      case '2' -> spacing = 30;
      case '3' -> spacing = byteOf("ESC 3");
      case 'a' -> paper.mode("align " + byteOf("ESC a"));
      case '!' -> paper.mode("size " + byteOf("ESC !"));
      case '=' -> paper.mode("device " + byteOf("ESC ="));
      case 'p' -> {
        int pin = byteOf("ESC p");
        int on = byteOf("ESC p") * 2;
        int off = byteOf("ESC p") * 2;
        paper.pulse("pin " + (pin == 0 ? 2 : 5) + ", " + on + " ms on, " + off + " ms off");
      }
      default -> throw new IOException("ESC " + command);
    }
  }

  private void group() throws IOException {
    int command = byteOf("GS");
    switch (command) {
      case 'v' -> raster();
      case 'V' -> {
        int mode = byteOf("GS V");
        if (mode == 'A' || mode == 'B') {
          byteOf("GS V"); // How far to feed.
        }
        paper.cut();
      }
      case 'r' -> sensorAsked.accept(byteOf("GS r"));
      default -> throw new IOException("GS " + command);
    }
  }

  private void raster() throws IOException {
    expect('0', "GS v");
    expect(0, "GS v 0");
    int bytes = byteOf("xL") + 256 * byteOf("xH");
    int rows = byteOf("yL") + 256 * byteOf("yH");
    if (rows < 1 || rows > 255) {
      throw new IOException("A slice of " + rows + " rows is too much for this printer");
    }
    for (int y = 0; y < rows; y++) {
      BitSet row = new BitSet();
      for (int x = 0; x < bytes; x++) {
        eight(row, x * 8);
      }
      beforeRow.run();
      paper.add(row);
    }
  }

  private void eight(BitSet row, int at) throws IOException {
    int value = byteOf("picture");
    for (int bit = 0; bit < 8; bit++) {
      row.set(at + bit, (value >> (7 - bit) & 1) == 1);
    }
  }

  private void bitImage() throws IOException {
    int mode = byteOf("ESC *");
    int columns = byteOf("nL") + 256 * byteOf("nH");
    int height =
        switch (mode) {
          case 0, 1 -> 8;
          case 32, 33 -> 24;
          default -> throw new IOException("ESC * " + mode);
        };
    paper.mode("columns " + mode);
    if (band.length != height) {
      band = new BitSet[height];
      for (int y = 0; y < height; y++) {
        band[y] = new BitSet();
      }
    }
    for (int x = 0; x < columns; x++) {
      for (int part = 0; part < height; part += 8) {
        int value = byteOf("picture");
        for (int bit = 0; bit < 8; bit++) {
          band[part + bit].set(bandWidth + x, (value << bit & 0x80) != 0);
        }
      }
    }
    bandWidth += columns;
  }

  /**
   * Feeds by the line's spacing, but never so that anything is printed on what was just printed.
   */
  private void feed() throws IOException {
    if (bandWidth > 0) {
      if (spacing > 24) {
        throw new IOException("There are white lines in the picture");
      }
      for (BitSet row : band) {
        beforeRow.run();
        paper.add(row);
      }
      band = new BitSet[0];
      bandWidth = 0;
    } else {
      paper.line(text.toString());
      text.setLength(0);
    }
  }

  private void letter(int next) throws IOException {
    if (next != '\r' && (next < 0x20 || next > 0x7E)) {
      throw new IOException("The letter " + next);
    }
    if (next != '\r') {
      text.append((char) next);
    }
  }

  private void expect(int wanted, String command) throws IOException {
    int found = byteOf(command);
    if (found != wanted) {
      throw new IOException(command + " " + found);
    }
  }

  private int byteOf(String command) throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException("in " + command);
    }
    return next;
  }
}
