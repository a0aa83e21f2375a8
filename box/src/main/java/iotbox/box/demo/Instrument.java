package iotbox.box.demo;

import java.util.Locale;

/** A simulated instrument: it answers lines, from any number of connections at a time. */
interface Instrument {
  /**
   * The answer to one line; it begins with {@code ERR} when the line is refused.
   *
   * @param line without its end and without spaces around it
   */
  String answer(String line);

  /** The answer to a line that the instrument does not know. */
  static String unknown(String line) {
    return "ERR unknown command " + line;
  }

  /** A number as instruments write it, with a dot. */
  static String number(int decimals, double value) {
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    // Nothing shows a minus before nothing.
    return text.matches("-[0.]+") ? text.substring(1) : text;
  }
}
