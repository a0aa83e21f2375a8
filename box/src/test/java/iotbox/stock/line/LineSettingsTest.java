package iotbox.stock.line;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.stock.serial.SerialSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineSettingsTest {
  @Test
  void allButThePatternIsUsual() throws Exception {
    LineSettings settings = LineSettings.of(Map.of("pattern", "(\\d+)"));
    assertEquals(SerialSettings.of(9600), settings.serial());
    assertEquals("Scale", settings.name());
    assertTrue(settings.scale());
    assertEquals('\n', settings.end());
    assertFalse(settings.asks());
  }

  @Test
  void allCanBeSaid() throws Exception {
    Map<String, Object> fields = new HashMap<>();
    fields.put("name", " Gauge ");
    fields.put("type", "device");
    fields.put("baud_rate", 4800);
    fields.put("data_bits", 7);
    fields.put("parity", "even");
    fields.put("stop_bits", 2);
    fields.put("end", "CR");
    fields.put("request", "\\x05W\\\\\\r");
    fields.put("interval", 500);
    fields.put("pattern", "(\\d+)");
    fields.put("decimal_comma", true);
    fields.put("unit", "mm");
    LineSettings settings = LineSettings.of(fields);
    assertEquals("Gauge", settings.name());
    assertFalse(settings.scale());
    assertEquals(SerialSettings.of(4800, 7, SerialSettings.Parity.EVEN, 2), settings.serial());
    assertEquals('\r', settings.end());
    assertArrayEquals(new byte[] {5, 'W', '\\', '\r'}, settings.requestBytes());
    assertEquals(Duration.ofMillis(500), settings.interval());
    assertEquals("mm", settings.unit());
    fields.put("interval", 600);
    assertFalse(settings.sameLine(LineSettings.of(fields)));
    fields.put("interval", 500);
    fields.put("unit", "in");
    assertTrue(settings.sameLine(LineSettings.of(fields)));
  }

  @Test
  void allThatIsWrongIsToldAtOnceByField() {
    Map<String, Object> fields = new HashMap<>();
    fields.put("baud_rate", "fast");
    fields.put("data_bits", 9);
    fields.put("parity", "odd?");
    fields.put("request", "\\q");
    fields.put("pattern", "(");
    fields.put("unit", "a very long unit");
    fields.put("speed", 1);
    LineSettingsException refusal =
        assertThrows(LineSettingsException.class, () -> LineSettings.of(fields));
    assertEquals(fields.keySet(), refusal.problems().keySet());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | Write a regular expression",
        "(  | no regular expression: missing closing ), at \"(\"",
        "\\d+ | Put round brackets around",
        "(?<unit>k?g)\\d+ | Put round brackets around",
        "(?=x)(\\d) | no regular expression",
        "(((a{900}){900}){900}) | too long",
        "(a)\\1 | no regular expression",
      })
  void aPatternThatCannotBeIsSaidAtItsField(String pattern, String said) {
    LineSettingsException refusal =
        assertThrows(
            LineSettingsException.class,
            () ->
                assertTimeout(
                    Duration.ofSeconds(10), () -> LineSettings.of(Map.of("pattern", pattern))));
    assertEquals(Set.of("pattern"), refusal.problems().keySet());
    assertTrue(refusal.getMessage().contains(said), refusal.getMessage());
  }
}
