package iotbox.stock.printer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.BitSet;

/** Does what Star's commands tell it, as the specification of line and raster mode has them. */
final class StarPaper {
  private final InputStream in;
  private final Paper paper;
  private final StringBuilder text = new StringBuilder();

  StarPaper(InputStream in, Paper paper) {
    this.in = in;
    this.paper = paper;
  }

  /** Prints until the data ends. */
  void print() throws IOException {
    for (int next = in.read(); next >= 0; next = in.read()) {
      switch (next) {
        case 0x07 -> paper.pulse("drawer 1");
        case 0x1A -> paper.pulse("drawer 2");
        case 0x1B -> escape();
        case '\n' -> {
          paper.line(text.toString());
          text.setLength(0);
        }
        default -> text.append((char) next);
      }
    }
  }

  private void escape() throws IOException {
    int command = next();
    switch (command) {
      case '*' -> {
        expect('r');
        expect('A');
        raster();
      }
      case 'd' -> {
        next();
        paper.cut();
      }
      case 'i' -> paper.mode("size " + next() + " " + next());
      case 0x1D -> {
        expect('a');
        paper.mode("align " + next());
      }
      default -> throw new IOException("ESC " + command);
    }
  }

  private void raster() throws IOException {
    paper.mode("raster");
    while (true) {
      int command = next();
      if (command == 'b') {
        int bytes = next() + 256 * next();
        BitSet row = new BitSet();
        for (int x = 0; x < bytes; x++) {
          int value = next();
          for (int bit = 0; bit < 8; bit++) {
            row.set(8 * x + bit, (value & 0x80 >> bit) > 0);
          }
        }
        paper.add(row);
      } else if (command == 0x1B) {
        expect('*');
        expect('r');
        int what = next();
        if (what == 'B') {
          paper.cut();
          return;
        }
        StringBuilder parameter = new StringBuilder();
        for (int digit = next(); digit != 0; digit = next()) {
          parameter.append((char) digit);
        }
        paper.mode("raster " + (char) what + " " + parameter);
      } else {
        throw new IOException("In raster mode: " + command);
      }
    }
  }

  private void expect(int wanted) throws IOException {
    int found = next();
    if (found != wanted) {
      throw new IOException("Not " + wanted + " but " + found);
    }
  }

  private int next() throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException("in a command");
    }
    return next;
  }
}
