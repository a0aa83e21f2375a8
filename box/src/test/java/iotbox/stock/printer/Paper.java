package iotbox.stock.printer;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** What came out of a printer so far. Safe for all threads. */
public final class Paper {
  private final List<BitSet> rows = new ArrayList<>();
  private final List<Integer> cuts = new ArrayList<>();
  private final List<String> pulses = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final List<String> modes = new ArrayList<>();

  /** A piece of paper between two cuts: its rows of dots. */
  public record Piece(List<BitSet> rows) {
    /** Whether there is ink. */
    public boolean black(int x, int y) {
      return rows.get(y).get(x);
    }
  }

  synchronized void add(BitSet row) {
    rows.add(row);
  }

  synchronized void cut() {
    cuts.add(rows.size());
  }

  synchronized void pulse(String pin) {
    pulses.add(pin);
  }

  synchronized void line(String text) {
    lines.add(text);
  }

  synchronized void mode(String what) {
    modes.add(what);
  }

  /** The pieces that were cut off, the first first. */
  public synchronized List<Piece> pieces() {
    List<Piece> pieces = new ArrayList<>();
    int begin = 0;
    for (int end : cuts) {
      pieces.add(new Piece(List.copyOf(rows.subList(begin, end))));
      begin = end;
    }
    return pieces;
  }

  /** How many rows of dots there are, cut off or not. */
  public synchronized int rows() {
    return rows.size();
  }

  /** The pulses to cash drawers. */
  public synchronized List<String> pulses() {
    return List.copyOf(pulses);
  }

  /** The lines of letters. */
  public synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  /** Commands that change how something looks. */
  public synchronized List<String> modes() {
    return List.copyOf(modes);
  }
}
