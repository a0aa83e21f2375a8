package iotbox.box.json;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON in the one form in which Odoo's server signs it: that of Python's {@code json.dumps(…,
 * sort_keys=True)}. Keys go by code point, {@code ", "} and {@code ": "} separate, whatever is not
 * printable ASCII is escaped, and a number with a fraction is written as Python's {@code repr}
 * does.
 */
public final class PythonJson {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** Python writes decimals without an exponent between these positions of the point. */
  private static final int SMALLEST_POINT = -3;

  private static final int LARGEST_POINT = 16;

  /** Below it a double has so few digits that one may do where Java writes two. */
  private static final double FEW_DIGITS = 1e-300;

  private final OutputStream out;

  private PythonJson(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes a value that JSON was read into: maps by text, lists, texts, numbers, booleans, {@code
   * null}. On any thread.
   *
   * @param out many single bytes come here
   */
  public static void write(Object value, OutputStream out) throws IOException {
    new PythonJson(out).value(value);
  }

  private void value(Object value) throws IOException {
    if (value instanceof String text) {
      text(text);
    } else if (value instanceof Map<?, ?> map) {
      object(map);
    } else if (value instanceof List<?> list) {
      list(list);
    } else if (value instanceof Double number) {
      ascii(number(number));
    } else if (value == null) {
      ascii("null");
    } else if (value instanceof Number || value instanceof Boolean) {
      ascii(value.toString());
    } else {
      throw new IllegalArgumentException("JSON has no " + value.getClass().getName());
    }
  }

  private void object(Map<?, ?> map) throws IOException {
    Map<String, Object> sorted = new TreeMap<>(BY_CODE_POINT);
    map.forEach((name, value) -> sorted.put((String) name, value));
    String before = "{";
    for (Map.Entry<String, Object> entry : sorted.entrySet()) {
      ascii(before);
      text(entry.getKey());
      ascii(": ");
      value(entry.getValue());
      before = ", ";
    }
    ascii(sorted.isEmpty() ? "{}" : "}");
  }

  private void list(List<?> list) throws IOException {
    String before = "[";
    for (Object item : list) {
      ascii(before);
      value(item);
      before = ", ";
    }
    ascii(list.isEmpty() ? "[]" : "]");
  }

  private void text(String text) throws IOException {
    out.write('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> ascii("\\\"");
        case '\\' -> ascii("\\\\");
        case '\n' -> ascii("\\n");
        case '\r' -> ascii("\\r");
        case '\t' -> ascii("\\t");
        case '\b' -> ascii("\\b");
        case '\f' -> ascii("\\f");
        default -> {
          if (c >= ' ' && c <= '~') {
            out.write(c);
          } else {
            escaped(c);
          }
        }
      }
    }
    out.write('"');
  }

  private void escaped(char c) throws IOException {
    out.write('\\');
    out.write('u');
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.write(HEX[c >> shift & 0xf]);
    }
  }

  private void ascii(String text) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      out.write(text.charAt(i));
    }
  }

  /** The fewest digits that mean this very number, as Python's {@code repr} has them. */
  static String number(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "Infinity" : "-Infinity";
    }
    if (number == 0) {
      return Double.toString(number);
    }
    BigDecimal decimal = shortest(Math.abs(number));
    String digits = decimal.unscaledValue().toString();
    int point = digits.length() - decimal.scale();
    return (number < 0 ? "-" : "") + written(digits, point);
  }

  /** Java's own way to text has too many digits at times before Java 19. */
  private static BigDecimal shortest(double number) {
    BigDecimal decimal = new BigDecimal(NumberOutput.toString(number, true)).stripTrailingZeros();
    if (number >= FEW_DIGITS || decimal.precision() != 2) {
      return decimal;
    }
    BigDecimal rounded = decimal.round(new MathContext(1));
    return rounded.doubleValue() == number ? rounded.stripTrailingZeros() : decimal;
  }

  /**
   * @param point where the decimal point is, counted from before the first digit
   */
  private static String written(String digits, int point) {
    if (point < SMALLEST_POINT || point > LARGEST_POINT) {
      int exponent = point - 1;
      String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
      String size = (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
      return digits.charAt(0) + fraction + (exponent < 0 ? "e-" : "e+") + size;
    }
    if (point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    if (point >= digits.length()) {
      return digits + "0".repeat(point - digits.length()) + ".0";
    }
    return digits.substring(0, point) + "." + digits.substring(point);
  }

  /** Java compares by UTF-16, where U+FFFF comes after all that needs two of its units. */
  private static final Comparator<String> BY_CODE_POINT = PythonJson::compare;

  private static int compare(String one, String other) {
    int length = Math.min(one.length(), other.length());
    for (int i = 0; i < length; i++) {
      if (one.charAt(i) != other.charAt(i)) {
        return Integer.compare(codePoint(one, i), codePoint(other, i));
      }
    }
    return Integer.compare(one.length(), other.length());
  }

  /** The one that the unit there belongs to: also one that begins with the unit before it. */
  private static int codePoint(String text, int index) {
    boolean second =
        index > 0 && Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
    return text.codePointAt(second ? index - 1 : index);
  }
}
