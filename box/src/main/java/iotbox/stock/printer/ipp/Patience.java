package iotbox.stock.printer.ipp;

import java.time.Duration;

/**
 * How long a job may take.
 *
 * @param trouble as long as this a printer may say that something is wrong: it says so for moments
 *     even if nothing is, while it connects or feeds paper
 * @param receipt all of a job in the printer's language
 * @param document all of another one
 */
record Patience(Duration trouble, Duration receipt, Duration document) {
  static final Patience USUAL =
      new Patience(Duration.ofSeconds(6), Duration.ofSeconds(60), Duration.ofMinutes(15));
}
