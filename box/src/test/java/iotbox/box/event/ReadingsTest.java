package iotbox.box.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.event.Readings.Reading;
import iotbox.box.event.Readings.Sample;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadingsTest {
  private final Readings readings = new Readings();
  private double time = 1_000;

  @Test
  void theLastValueIsKnownWithItsUnit() {
    tell("scale", Map.of("value", 1.5, "unit", "kg"));
    tell("scanner", Map.of("value", "4006381333931"));
    assertEquals(new Reading(1_001, 1.5, "kg"), readings.last("scale").get());
    assertEquals(new Reading(1_002, "4006381333931", null), readings.last("scanner").get());
    assertEquals(Optional.empty(), readings.last("nobody"));
  }

  @Test
  void anEventWithoutAValueTellsNothing() {
    tell("scale", Map.of("value", 1.5));
    tell("scale", Map.of("status", "success"));
    tell("scale", Map.of("value", ""));
    assertEquals(1.5, readings.last("scale").get().value());
    tell("scale", Map.of("result", 2));
    assertEquals(2, readings.last("scale").get().value(), "as some drivers call it");
  }

  @Test
  void whatIsToldSinceAMomentIsOfTheseDevicesOnly() {
    tell("one", Map.of("value", 1));
    tell("two", Map.of("value", 2));
    assertEquals(List.of("one", "two"), List.copyOf(readings.since(0).keySet()));
    assertEquals(List.of("two"), List.copyOf(readings.since(1_001).keySet()));
    assertEquals(Map.of(), readings.since(1_002));
  }

  @Test
  void aPictureIsNotKept() {
    tell("camera", Map.of("value", "x".repeat(1 << 20)));
    assertNull(readings.last("camera").get().value());
  }

  @Test
  void numbersAreNumbersAlsoInTexts() {
    assertEquals(12, Readings.number(12));
    assertEquals(-0.5, Readings.number(new BigDecimal("-0.5")));
    assertEquals(1.25, Readings.number(" 1.25 "));
    for (Object none : new Object[] {null, true, "", "1,5", "12 kg", "NaN", "0x1p3", Double.NaN}) {
      assertNull(Readings.number(none), String.valueOf(none));
    }
    assertNull(
        Readings.number(
            new Number() {
              private static final long serialVersionUID = 1;

              @Override
              public int intValue() {
                throw new AssertionError("code of a handler");
              }

              @Override
              public long longValue() {
                return intValue();
              }

              @Override
              public float floatValue() {
                return intValue();
              }

              @Override
              public double doubleValue() {
                return intValue();
              }
            }));
  }

  @Test
  void theNumbersOfTheLastMinutesAreKeptAndNotMore() {
    for (int i = 0; i < 5_000; i++) {
      tell("scale", Map.of("value", i));
    }
    List<Sample> samples = readings.samples("scale");
    assertEquals(600, samples.size());
    assertEquals(new Sample(1_000 + 4_401, 4_400), samples.get(0));
    assertEquals(new Sample(1_000 + 5_000, 4_999), samples.get(599));
    List<Double> times = new ArrayList<>(samples.stream().map(Sample::time).toList());
    assertEquals(times.stream().sorted().toList(), times);
  }

  @Test
  void ofManyInAMomentTheLastIsKept() {
    for (int i = 0; i < 1_000; i++) {
      readings.accept(event("fast", 1_000 + i / 100.0, Map.of("value", i)));
    }
    List<Sample> samples = readings.samples("fast");
    assertEquals(20, samples.size(), "ten seconds");
    assertEquals(999, samples.get(19).value());
    assertEquals(49, samples.get(0).value());
  }

  @Test
  void allDevicesTogetherHaveABoundAndTheSilentOnesGoFirst() {
    for (int device = 0; device < 400; device++) {
      for (int i = 0; i < 600; i++) {
        tell("dev" + device, Map.of("value", i));
      }
    }
    assertTrue(readings.samples("dev0").isEmpty());
    assertEquals(600, readings.samples("dev399").size());
    int kept = 0;
    for (int device = 0; device < 400; device++) {
      kept += readings.samples("dev" + device).size();
    }
    assertTrue(kept <= 200_000 && kept > 190_000, kept + " samples");
    for (int device = 0; device < 5_000; device++) {
      tell("other" + device, Map.of("value", "a text"));
    }
    assertEquals(2_000, readings.since(0).size());
    assertFalse(readings.last("dev399").isPresent());
  }

  private void tell(String device, Map<String, Object> data) {
    readings.accept(event(device, ++time, data));
  }

  private static Event event(String device, double time, Map<String, Object> data) {
    return new Event(time, device, "device", null, new HashMap<>(data));
  }
}
