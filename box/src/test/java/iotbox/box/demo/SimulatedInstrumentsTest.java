package iotbox.box.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SimulatedInstrumentsTest {
  private static final long MILLISECOND = 1_000_000;

  private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - 60_000 * MILLISECOND);
  private final Random random = new Random(1);

  @Test
  void theLoadOfTheScaleRestsMovesAndSettlesWithinItsRange() {
    SimulatedScale scale = new SimulatedScale(time::get, random);
    assertEquals("S 0.000 kg", scale.answer("WEIGHT?"));
    Set<String> rests = new HashSet<>();
    int moving = 0;
    // Past the end of the clock's range, too.
    for (int i = 0; i < 3000; i++) {
      time.addAndGet(100 * MILLISECOND);
      String answer = scale.answer("WEIGHT?");
      assertTrue(answer.matches("[SD] [0-5]\\.\\d\\d[02468] kg"), answer);
      if (answer.startsWith("S")) {
        rests.add(answer);
      } else {
        moving++;
      }
    }
    assertTrue(rests.size() > 10, rests.toString());
    assertTrue(moving > 100 && moving < 1500, "moving " + moving);
  }

  @Test
  void theScaleIsTaredAtRestOnly() {
    SimulatedScale scale = new SimulatedScale(time::get, random);
    waitFor(scale, "D .*");
    assertEquals("ERR in motion", scale.answer("TARE"));
    String loaded = waitFor(scale, "S (?!0\\.000).*");
    assertEquals("OK", scale.answer("TARE"));
    assertEquals("S 0.000 kg", scale.answer("WEIGHT?"));
    assertEquals("OK", scale.answer("CLEAR"));
    assertEquals(loaded, scale.answer("WEIGHT?"));
  }

  @Test
  void theCaliperMeasuresInBothUnitsFromItsOrigin() {
    SimulatedCaliper caliper = new SimulatedCaliper(time::get, random);
    assertEquals("0.00 mm", caliper.answer("MEAS?"));
    time.addAndGet(11_000 * MILLISECOND);
    double millimetres = Double.parseDouble(caliper.answer("MEAS?").replace(" mm", ""));
    assertTrue(millimetres > 1, "opened " + millimetres);
    assertEquals("OK", caliper.answer("UNIT in"));
    double inches = Double.parseDouble(caliper.answer("MEAS?").replace(" in", ""));
    assertEquals(millimetres / 25.4, inches, 0.001);
    assertEquals("OK", caliper.answer("ZERO"));
    assertEquals("0.0000 in", caliper.answer("MEAS?"));
    assertEquals("OK", caliper.answer("UNIT mm"));
    assertEquals("0.00 mm", caliper.answer("MEAS?"));
    assertEquals("ERR unknown command UNIT ell", caliper.answer("UNIT ell"));
  }

  @Test
  void theThermometerSwingsAndCanBeCorrected() {
    SimulatedThermometer thermometer = new SimulatedThermometer(time::get, random);
    double start = celsius(thermometer);
    assertEquals(21.4, start, 0.2);
    time.addAndGet(60_000 * MILLISECOND);
    assertEquals(23.0, celsius(thermometer), 0.2);
    assertEquals("OK", thermometer.answer("CAL -2.00"));
    assertEquals(21.0, celsius(thermometer), 0.2);
    assertEquals("ERR correction out of range", thermometer.answer("CAL 50"));
    assertEquals("ERR correction out of range", thermometer.answer("CAL NaN"));
    assertEquals("ERR not a number: much", thermometer.answer("CAL much"));
  }

  private String waitFor(Instrument scale, String pattern) {
    for (int i = 0; i < 1000; i++) {
      String answer = scale.answer("WEIGHT?");
      if (answer.matches(pattern)) {
        return answer;
      }
      time.addAndGet(100 * MILLISECOND);
    }
    throw new AssertionError("never " + pattern);
  }

  private static double celsius(Instrument thermometer) {
    return Double.parseDouble(thermometer.answer("TEMP?").replace(" C", ""));
  }
}
