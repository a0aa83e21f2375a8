package iotbox.stock.printer;

import java.io.IOException;

/**
 * What became of a job.
 *
 * @param fate whether there is paper
 * @param trouble why not, or what will soon keep the printer from printing; {@code null} for none
 * @param sentence the same for people, with what to do; empty for none
 */
public record PrintOutcome(Fate fate, PrinterTrouble trouble, String sentence) {
  /** Whether there is paper. */
  public enum Fate {
    /** It was printed, as far as this printer tells. */
    PRINTED,
    /** Nothing of it was printed or will be: it may be sent again. */
    NOT_PRINTED,
    /** Some or all of it may have been printed: it must not be sent again by itself. */
    UNKNOWN
  }

  /** All of it was printed. */
  public static final PrintOutcome PRINTED = new PrintOutcome(Fate.PRINTED, null, "");

  /** It was printed, but something is coming. */
  public static PrintOutcome printedBut(PrinterTrouble warning, String sentence) {
    return new PrintOutcome(Fate.PRINTED, warning, sentence);
  }

  /** Nothing was printed. */
  public static PrintOutcome notPrinted(PrinterTrouble trouble, String sentence) {
    return new PrintOutcome(Fate.NOT_PRINTED, trouble, sentence);
  }

  /** There is no way to the printer, so nothing was printed. */
  public static PrintOutcome unreachable(IOException e) {
    return notPrinted(
        PrinterTrouble.ERROR_UNREACHABLE, "The printer cannot be reached: " + e.getMessage());
  }

  /** Nobody knows. */
  public static PrintOutcome unknown(PrinterTrouble trouble, String sentence) {
    return new PrintOutcome(Fate.UNKNOWN, trouble, sentence);
  }
}
