package iotbox.stock.printer.raw;

import java.io.IOException;

/** A line that takes no more. */
public final class LineException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean overdue;
  private final boolean touched;

  /**
   * @param overdue whether it was only that the printer took nothing for too long
   * @param touched whether some of the bytes of this write were taken before
   */
  LineException(String message, boolean overdue, boolean touched) {
    super(message);
    this.overdue = overdue;
    this.touched = touched;
  }

  /** Whether the line is there, but the printer took nothing for too long. */
  public boolean overdue() {
    return overdue;
  }

  /** Whether some of the bytes of this write were taken. */
  public boolean touched() {
    return touched;
  }
}
