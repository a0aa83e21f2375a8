package iotbox.stock.printer.raw;

/**
 * What a printer says of itself.
 *
 * @param online whether it takes data just now
 * @param fault whether it cannot go on by itself: a jam, a blocked knife, too hot
 */
public record PrinterState(
    boolean online, boolean coverOpen, boolean paperOut, boolean paperLow, boolean fault) {
  /** One that has nothing to complain of. */
  public static final PrinterState READY = new PrinterState(true, false, false, false, false);

  /** Whether it says why it cannot print. */
  public boolean hasReason() {
    return coverOpen || paperOut || fault;
  }

  /** Whether it can print. */
  public boolean able() {
    return online && !hasReason();
  }
}
