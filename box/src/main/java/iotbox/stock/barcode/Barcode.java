package iotbox.stock.barcode;

import java.time.Duration;

/**
 * Gathers what a scanner types until the barcode is whole: at Return, or, of a scanner that does
 * not end its barcodes, when it falls silent. What a person types, slower than any scanner, waits
 * for Return. For one thread.
 */
public final class Barcode {
  /** After this a scanner that wrote something has ended; more than between any two of its keys. */
  public static final Duration SILENCE = Duration.ofMillis(500);

  /** The longest symbol of QR code has 7,089 digits; what is longer is a scanner gone wild. */
  public static final int LONGEST = 8_192;

  private static final long SCANNERS_PACE = Duration.ofMillis(100).toNanos() / 1_000;
  private static final long FORGOTTEN = Duration.ofSeconds(10).toNanos() / 1_000;

  private final StringBuilder typed = new StringBuilder();
  private boolean spoilt;
  private boolean quick;
  private long last;

  /**
   * This was typed.
   *
   * @param micros when; always the same where nobody can type slowly
   * @return the barcode that it completes, or {@code null}
   * @throws TooLongException once for what is longer than any barcode; all up to its end is dropped
   */
  public String type(String text, long micros) throws TooLongException {
    begin(micros);
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '\r' || character == '\n') {
        return take();
      }
      if (!spoilt) {
        typed.append(character);
        if (typed.length() > LONGEST) {
          spoil();
          throw new TooLongException();
        }
      }
    }
    return null;
  }

  /** Whether it may be whole without Return. */
  public boolean awaitsSilence() {
    return !typed.isEmpty() && quick;
  }

  /** Nothing was typed for {@link #SILENCE}: the barcode if there is one, or {@code null}. */
  public String silence() {
    if (!awaitsSilence()) {
      spoilt = false;
      return null;
    }
    // Some end their barcodes with a tabulator.
    while (!typed.isEmpty() && typed.charAt(typed.length() - 1) == '\t') {
      typed.setLength(typed.length() - 1);
    }
    return take();
  }

  /** A part is missing: nothing of this barcode is given out. */
  public void spoil() {
    typed.setLength(0);
    spoilt = true;
  }

  private void begin(long micros) {
    long pause = micros - last;
    if (pause > FORGOTTEN || spoilt && pause > SILENCE.toNanos() / 1_000) {
      typed.setLength(0);
      spoilt = false;
    }
    quick = typed.isEmpty() || quick && pause <= SCANNERS_PACE;
    last = micros;
  }

  private String take() {
    String barcode = typed.isEmpty() ? null : typed.toString();
    typed.setLength(0);
    spoilt = false;
    return barcode;
  }

  /** What is typed is no barcode. */
  public static final class TooLongException extends Exception {
    private static final long serialVersionUID = 1L;

    private TooLongException() {
      super("More than " + LONGEST + " characters without Return are no barcode, and were dropped");
    }
  }
}
