package iotbox.stock.line;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A line and what a pattern finds in it.
 *
 * @param bytes as they came, with their end
 * @param value {@code null} if there is none
 * @param unit empty if it is not known
 * @param problem why there is no value; {@code null} if there is one
 */
public record HeardLine(byte[] bytes, Double value, String unit, boolean stable, String problem) {
  private static final Map<String, Integer> TO_KILOGRAMS = Map.of("mg", -6, "g", -3, "t", 3);

  /** Longer ones are something else than a line. */
  static final int LONGEST = 1024;

  /** Makes of a line what the settings say. */
  public static HeardLine of(LineSettings settings, byte[] bytes) {
    if (bytes.length > LONGEST) {
      return without(bytes, "The line is longer than " + LONGEST + " bytes.");
    }
    Optional<LinePattern.Found> found = settings.pattern().find(text(bytes));
    if (found.isEmpty()) {
      return without(bytes, "The pattern does not fit this line.");
    }
    String digits = found.get().value().replaceAll("[\\s'_]", "");
    String other = settings.decimalComma() ? "." : ",";
    if (digits.contains(other)) {
      return without(
          bytes,
          "\""
              + found.get().value()
              + "\" has a "
              + (settings.decimalComma()
                  ? "point, and the decimal comma is set."
                  : "comma, and the decimal comma is not set."));
    }
    try {
      BigDecimal number = new BigDecimal(digits.replace(',', '.'));
      return number(settings, bytes, number, found.get());
    } catch (NumberFormatException e) {
      return without(bytes, "\"" + found.get().value() + "\" is no number.");
    }
  }

  /** Points of sale count in kilograms, whatever the scale does. */
  private static HeardLine number(
      LineSettings settings, byte[] bytes, BigDecimal number, LinePattern.Found found) {
    String unit = found.unit().isEmpty() ? settings.unit() : found.unit();
    Integer power = settings.scale() ? TO_KILOGRAMS.get(unit.toLowerCase(Locale.ROOT)) : null;
    double value = (power == null ? number : number.scaleByPowerOfTen(power)).doubleValue();
    return new HeardLine(bytes, value, power == null ? unit : "kg", found.stable(), null);
  }

  private static HeardLine without(byte[] bytes, String problem) {
    return new HeardLine(bytes, null, "", false, problem);
  }

  /** Without what ends it, and the rest of what ended the line before. */
  private static String text(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return text.replaceAll("^[\\r\\n\\x00]+|[\\r\\n\\x00\\x03]+$", "");
  }

  /** For the page, of JSON's types. */
  public Map<String, Object> shown() {
    Map<String, Object> shown = new LinkedHashMap<>();
    byte[] first = bytes.length > LONGEST ? Arrays.copyOf(bytes, LONGEST) : bytes;
    shown.put("text", Escapes.escaped(new String(first, StandardCharsets.ISO_8859_1)));
    shown.put("hex", HexFormat.ofDelimiter(" ").formatHex(first));
    shown.put("value", value);
    shown.put("unit", unit);
    shown.put("stable", stable);
    shown.put("problem", problem);
    return shown;
  }
}
