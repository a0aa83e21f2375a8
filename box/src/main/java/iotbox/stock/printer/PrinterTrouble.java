package iotbox.stock.printer;

/** Why a printer does not print, or soon will not, in the words that Odoo's clients know. */
public enum PrinterTrouble {
  ERROR_OFFLINE,
  ERROR_NO_PAPER,
  ERROR_TIMEOUT,
  ERROR_UNREACHABLE,
  ERROR_FAILED,
  ERROR_UNKNOWN,
  WARNING_LOW_PAPER;

  /** Whether it prints all the same. */
  public boolean warning() {
    return this == WARNING_LOW_PAPER;
  }
}
