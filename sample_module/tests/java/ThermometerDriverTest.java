import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ThermometerDriverTest {
  private BenchEmulator thermometer;
  private ThermometerDriver driver;

  @BeforeEach
  void switchOn() throws Exception {
    thermometer = new BenchEmulator().answer("TEMP?", "20.00 C");
    driver = new ThermometerDriver("bench_1", RunningDriver.device(thermometer, "Thermometer"));
  }

  @AfterEach
  void switchOff() throws Exception {
    thermometer.close();
  }

  @Test
  void itIsForThermometersOnly() {
    assertTrue(ThermometerDriver.supported(RunningDriver.device(thermometer, "THERMOMETER 2")));
    assertFalse(ThermometerDriver.supported(RunningDriver.device(thermometer, "Scale")));
    assertEquals("device", driver.deviceType());
    assertEquals("network", driver.deviceConnection());
  }

  @Test
  void theTemperatureIsPublishedWhenItChanges() {
    try (RunningDriver running = new RunningDriver(driver)) {
      running.awaitLast("value", 20.0);
      await().until(() -> thermometer.heard().size() >= 3);
      assertEquals(1, running.events().size());
      thermometer.answer("TEMP?", "21.50 C");
      running.awaitLast("result", 21.5);
      running.awaitStatus("connected");
    }
  }

  @Test
  void statisticsAreKeptUntilTheyAreReset() throws Exception {
    act("read_once");
    thermometer.answer("TEMP?", "23.00 C");
    assertEquals(23.0, act("read_once"));
    assertEquals(
        Map.of("min", 20.0, "max", 23.0, "mean", 21.5, "count", 2L),
        driver.data().get("statistics"));
    act("reset");
    act("read_once");
    assertEquals(
        Map.of("min", 23.0, "max", 23.0, "mean", 23.0, "count", 1L),
        driver.data().get("statistics"));
  }

  @Test
  void theUnitAppliesToEverything() throws Exception {
    act("read_once");
    assertEquals("F", act("set_unit", "unit", "f"));
    assertEquals(68.0, driver.data().get("value"));
    assertEquals("F", driver.data().get("unit"));
    assertEquals(68.0, ((Map<?, ?>) driver.data().get("statistics")).get("max"));
    act("set_unit", "unit", "K");
    assertEquals(293.15, act("read_once"));
  }

  @Test
  void anUnknownUnitIsTold() {
    assertEquals(
        "unit must be C, F or K, and is R",
        assertThrows(IllegalArgumentException.class, () -> act("set_unit", "unit", "R"))
            .getMessage());
  }

  @Test
  void anInstrumentInFahrenheitIsUnderstood() throws Exception {
    thermometer.answer("TEMP?", "68.00 F");
    assertEquals(20.0, act("read_once"));
  }

  @Test
  void calibrationSendsTheDifferenceInAnyLanguage() throws Exception {
    thermometer.answer("CAL 0.50", "OK");
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertEquals(Map.of("correction", 0.5), act("calibrate", "reference", "20.5"));
    } finally {
      Locale.setDefault(before);
    }
    assertTrue(thermometer.heard().contains("CAL 0.50"));
  }

  @Test
  void aCalibrationThatCannotBeRightIsNotSent() {
    assertEquals(
        "reference is 90.00 °C, 70.00 °C away from what the thermometer shows;"
            + " more than 5 °C means that one of them is broken",
        assertThrows(IllegalArgumentException.class, () -> act("calibrate", "reference", 90))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> act("calibrate", "reference", "NaN"));
    assertEquals(
        "The action has no \"reference\", which must be a number",
        assertThrows(IllegalArgumentException.class, () -> act("calibrate")).getMessage());
    assertTrue(thermometer.heard().stream().allMatch("TEMP?"::equals));
  }

  @Test
  void aRefusalAndNonsenseAreTold() {
    thermometer.answer("TEMP?", "ERR sensor broken");
    assertEquals("Acme Thermometer refused \"TEMP?\": ERR sensor broken", failure());
    thermometer.answer("TEMP?", "warm C");
    assertEquals("Acme Thermometer measured \"warm\", which is no number", failure());
    thermometer.answer("TEMP?", "20");
    assertEquals("Acme Thermometer gave no temperature in C or F", failure());
  }

  @Test
  void aThermometerThatWasOffIsAskedAgain() throws Exception {
    try (RunningDriver running = new RunningDriver(driver)) {
      running.awaitLast("value", 20.0);
      thermometer.close();
      assertEquals(
          "Acme Thermometer does not answer: Connection refused",
          running.awaitStatus("error").get("message_body"));
      try (BenchEmulator again = new BenchEmulator(thermometer.port())) {
        again.answer("TEMP?", "19.00 C");
        running.awaitLast("value", 19.0);
        running.awaitStatus("connected");
      }
    }
  }

  private Object act(String action, Object... namesAndValues) throws Exception {
    return RunningDriver.act(driver, action, namesAndValues);
  }

  private String failure() {
    return assertThrows(IOException.class, () -> act("read_once")).getMessage();
  }
}
