package iotbox.tests.bench;

import java.util.ArrayList;
import java.util.List;

/** What is printed in the end: a figure, the reference box's beside it, and how it was measured. */
final class Table {
  private final List<String[]> rows = new ArrayList<>();

  Table() {
    row("what", "this box", "reference box", "how");
    rows.add(null);
  }

  void row(String what, String ours, String reference, String how) {
    rows.add(new String[] {what, ours, reference, how});
  }

  @Override
  public String toString() {
    int[] widths = new int[3];
    for (String[] row : rows) {
      for (int column = 0; row != null && column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row[column].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      for (int column = 0; column < widths.length; column++) {
        String cell = row == null ? "-".repeat(widths[column]) : row[column];
        text.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
      }
      text.append(row == null ? "---" : row[3]).append('\n');
    }
    return text.toString();
  }
}
