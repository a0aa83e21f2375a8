package iotbox.stock.line;

import iotbox.stock.serial.SerialSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the fields of a line's settings, each of which may be missing but the pattern: {@code
 * name}; {@code type}, scale or device; {@code baud_rate}, {@code data_bits}, {@code parity},
 * {@code stop_bits}; {@code end}, CR, LF (CR LF, too) or ETX; {@code request}, with {@code \r} and
 * the like; {@code interval} in milliseconds; {@code pattern}; {@code decimal_comma}; {@code unit}.
 * Notes what is wrong, so that all of it can be told at once.
 */
final class LineFields {
  private static final Set<String> KNOWN =
      Set.of(
          "name",
          "type",
          "baud_rate",
          "data_bits",
          "parity",
          "stop_bits",
          "end",
          "request",
          "interval",
          "pattern",
          "decimal_comma",
          "unit");
  private static final Map<String, Integer> ENDS =
      Map.of("CR", (int) '\r', "LF", (int) '\n', "ETX", 3);

  private final Map<?, ?> fields;
  private final Map<String, String> problems = new LinkedHashMap<>();

  LineFields(Map<?, ?> fields) {
    this.fields = fields;
    for (Object name : fields.keySet()) {
      if (!KNOWN.contains(name)) {
        problem(
            String.valueOf(name),
            "There is no field \"" + name + "\"; there are " + new TreeSet<>(KNOWN) + ".");
      }
    }
  }

  /**
   * @throws LineSettingsException if something was wrong
   */
  void check() throws LineSettingsException {
    if (!problems.isEmpty()) {
      throw new LineSettingsException(problems);
    }
  }

  String name() {
    String name = text("name", 60);
    return name.isEmpty() ? (isScale() ? "Scale" : "Device that sends lines") : name;
  }

  boolean isScale() {
    return choice("type", "scale", Set.of("scale", "device")).equals("scale");
  }

  SerialSettings serial() {
    int baudRate = number("baud_rate", 9600, 50, 4_000_000);
    int dataBits = number("data_bits", 8, 5, 8);
    int stopBits = number("stop_bits", 1, 1, 2);
    String parity = choice("parity", "none", Set.of("none", "even", "odd", "mark", "space"));
    return SerialSettings.of(
        baudRate,
        dataBits,
        SerialSettings.Parity.valueOf(parity.toUpperCase(Locale.ROOT)),
        stopBits);
  }

  int end() {
    return ENDS.get(choice("end", "LF", ENDS.keySet()));
  }

  String request() {
    try {
      return Escapes.unescaped(text("request", 200));
    } catch (IllegalArgumentException e) {
      problem("request", e.getMessage());
      return "";
    }
  }

  Duration interval() {
    return Duration.ofMillis(number("interval", 250, 20, 3_600_000));
  }

  LinePattern pattern() {
    try {
      String pattern = text("pattern", Integer.MAX_VALUE);
      if (pattern.isEmpty()) {
        problem("pattern", "Write a regular expression with the number in round brackets.");
        return null;
      }
      return LinePattern.of(pattern);
    } catch (IllegalArgumentException e) {
      problem("pattern", e.getMessage());
      return null;
    }
  }

  boolean decimalComma() {
    Object given = fields.get("decimal_comma");
    if (given != null && !(given instanceof Boolean)) {
      problem("decimal_comma", "Say true or false.");
    }
    return Boolean.TRUE.equals(given);
  }

  String unit() {
    return text("unit", 12);
  }

  private String text(String field, int longest) {
    Object given = fields.get(field);
    if (given == null) {
      return "";
    }
    if (!(given instanceof String text) || text.length() > longest) {
      problem(field, "Write a text of at most " + longest + " characters.");
      return "";
    }
    // In the others a space may be meant.
    return field.equals("name") || field.equals("unit") ? text.strip() : text;
  }

  private int number(String field, int usual, int least, int most) {
    Object given = fields.get(field);
    if (given == null) {
      return usual;
    }
    if (given instanceof Number number
        && number.doubleValue() == number.intValue()
        && number.intValue() >= least
        && number.intValue() <= most) {
      return number.intValue();
    }
    problem(field, "Write a whole number from " + least + " to " + most + ".");
    return usual;
  }

  private String choice(String field, String usual, Set<String> choices) {
    Object given = fields.get(field);
    if (given == null || given instanceof String text && choices.contains(text)) {
      return given == null ? usual : (String) given;
    }
    problem(field, "Choose one of " + String.join(", ", new TreeSet<>(choices)) + ".");
    return usual;
  }

  private void problem(String field, String sentence) {
    problems.putIfAbsent(field, sentence);
  }
}
