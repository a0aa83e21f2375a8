package iotbox.stock.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found in lines as real scales and gauges send them. */
class HeardLineTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ST,GS,+  1.234kg        | [+-]\\s*([\\d.]+)\\s*(?P<unit>k?g)     | 1.234  | kg",
        "US,NT,-  0.010kg        | ([+-]\\s*[\\d.]+)                      | -0.010 | ''",
        "S S      12.50 g        | S (?<stable>S?)\\D* (?<value>[\\d.]+) (?<unit>\\w+) | 0.0125 | kg",
        "  00015                 | (\\d+)                                 | 15     | ''",
        "1'250.5 kg              | ([\\d'.]+)                             | 1250.5 | ''",
        ".5                      | ([\\d.]+)                              | 0.5    | ''",
      })
  void findsTheNumber(String line, String pattern, double value, String unit) throws Exception {
    HeardLine heard = HeardLine.of(settings(Map.of("pattern", pattern)), bytes(line + "\r\n"));
    assertEquals(value, heard.value(), 1e-12, heard.toString());
    assertEquals(unit, heard.unit());
    assertTrue(heard.stable());
  }

  @Test
  void aNumberIsStableWhereTheMarkIs() throws Exception {
    LineSettings settings = settings(Map.of("pattern", "(?:(?<stable>ST)|US),GS,([+-] *[\\d.]+)"));
    assertFalse(HeardLine.of(settings, bytes("US,GS,+ 1.5\n")).stable());
    assertTrue(HeardLine.of(settings, bytes("ST,GS,+ 1.5\n")).stable());
  }

  @Test
  void theFirstGroupCountsWhereNoneIsNamedValue() throws Exception {
    LineSettings settings = settings(Map.of("pattern", "([\\d.]+)(?<unit>lb)?", "unit", "kg"));
    assertEquals("lb", HeardLine.of(settings, bytes("3lb\n")).unit());
    assertEquals("kg", HeardLine.of(settings, bytes("3\n")).unit());
  }

  @Test
  void aCommaIsTheDecimalOneOrNone() throws Exception {
    Map<String, Object> fields = Map.of("pattern", "([\\d.,]+)");
    HeardLine wrong = HeardLine.of(settings(fields), bytes("1,234\n"));
    assertNull(wrong.value());
    assertEquals("\"1,234\" has a comma, and the decimal comma is not set.", wrong.problem());
    Map<String, Object> comma = new HashMap<>(fields);
    comma.put("decimal_comma", true);
    assertEquals(1.234, HeardLine.of(settings(comma), bytes("1,234\n")).value());
    assertNull(HeardLine.of(settings(comma), bytes("1.234,5\n")).value());
  }

  @Test
  void whatIsNoNumberIsSaid() throws Exception {
    LineSettings settings = settings(Map.of("pattern", "W(.*)"));
    assertEquals("\"abc\" is no number.", HeardLine.of(settings, bytes("Wabc\n")).problem());
    assertEquals(
        "The pattern does not fit this line.", HeardLine.of(settings, bytes("x\n")).problem());
    assertEquals(
        "The line is longer than 1024 bytes.",
        HeardLine.of(settings, bytes("W" + "1".repeat(1024))).problem());
  }

  @Test
  void gramsOfAScaleAreToldInKilogramsAndOthersAreNot() throws Exception {
    Map<String, Object> fields = Map.of("pattern", "([\\d.]+)", "unit", "g", "type", "device");
    assertEquals(1234, HeardLine.of(settings(fields), bytes("1234\n")).value());
    assertEquals("g", HeardLine.of(settings(fields), bytes("1234\n")).unit());
    fields = Map.of("pattern", "([\\d.]+)", "unit", "g");
    assertEquals(1.234, HeardLine.of(settings(fields), bytes("1234\n")).value());
    assertEquals("kg", HeardLine.of(settings(fields), bytes("1234\n")).unit());
  }

  @Test
  void noPatternTakesLong() throws Exception {
    LineSettings settings = settings(Map.of("pattern", "((?:a|a?)+)+$|(x+x+)+y"));
    byte[] line = bytes("a".repeat(500) + "x".repeat(500) + "!");
    assertTimeout(Duration.ofSeconds(10), () -> HeardLine.of(settings, line));
  }

  @Test
  void isShownInTextAndHex() throws Exception {
    Map<String, Object> shown =
        HeardLine.of(settings(Map.of("pattern", "(\\d)")), bytes("\u0002 1\\é\r\n")).shown();
    assertEquals("\\x02 1\\\\\\xe9\\r\\n", shown.get("text"));
    assertEquals("02 20 31 5c e9 0d 0a", shown.get("hex"));
    assertEquals(1.0, shown.get("value"));
  }

  private static LineSettings settings(Map<String, Object> fields) throws LineSettingsException {
    return LineSettings.of(fields);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
