package iotbox.stock.printer.escpos;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a printer wants pictures that it takes column by column. Odoo has people write that into the
 * printer's name: {@code TM-U220__IMC_LDV_LDH_SCALE70__}.
 *
 * @param fineRows whether bands have 24 rows instead of 8 (else {@code LDV})
 * @param fineColumns whether columns are as dense as they can be (else {@code LDH})
 * @param scale of the picture in percent ({@code SCALE}), 1 to 400
 */
public record ColumnMode(boolean fineRows, boolean fineColumns, int scale) {
  private static final int MOST_PERCENT = 400;
  private static final Pattern SCALE = Pattern.compile("SCALE.*?(\\d{1,9})");

  public ColumnMode {
    if (scale < 1 || scale > MOST_PERCENT) {
      throw new IllegalArgumentException(
          "The SCALE in the printer's name must be 1 to " + MOST_PERCENT + " (percent)");
    }
  }

  /**
   * What a name says between its double underscores; empty if that does not begin with {@code IMC},
   * and the printer takes pictures row by row.
   *
   * @throws IllegalArgumentException with a sentence for people, if it makes no sense
   */
  public static Optional<ColumnMode> in(String name) {
    String[] parts = name.split("__", -1);
    if (parts.length < 3 || !parts[1].toUpperCase(Locale.ROOT).startsWith("IMC")) {
      return Optional.empty();
    }
    String[] words = parts[1].toUpperCase(Locale.ROOT).split("_");
    int scale =
        Arrays.stream(words)
            .filter(word -> word.startsWith("SCALE"))
            .mapToInt(word -> percent(word, name))
            .reduce(100, (former, last) -> last);
    return Optional.of(
        new ColumnMode(
            !Arrays.asList(words).contains("LDV"), !Arrays.asList(words).contains("LDH"), scale));
  }

  private static int percent(String word, String name) {
    Matcher scale = SCALE.matcher(word);
    if (!scale.matches()) {
      throw new IllegalArgumentException(
          "The printer's name "
              + name
              + " has a SCALE without a number; write it like SCALE70, or leave it out");
    }
    return Integer.parseInt(scale.group(1));
  }

  /** How many rows of dots are printed at once. */
  int bandRows() {
    return fineRows ? 24 : 8;
  }

  /** The {@code m} of {@code ESC *}. */
  byte density() {
    return (byte) ((fineRows ? 32 : 0) + (fineColumns ? 1 : 0));
  }
}
