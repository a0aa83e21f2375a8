import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.testkit.ActionFailed;
import iotbox.testkit.HandlerKit;
import iotbox.testkit.KitDevice;
import iotbox.testkit.KitLine;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A driver with statistics and a calibration. */
@Timeout(30)
class ThermometerDriverTest {
  @RegisterExtension final HandlerKit kit = HandlerKit.ofModule(Path.of("."));

  private KitLine instrument;
  private KitDevice thermometer;

  @BeforeEach
  void plugIn() {
    instrument = kit.networkLine(Path.of("tests/instruments/thermometer.tcp.line"));
    thermometer =
        kit.plug("bench_T1", instrument.device(Map.of("maker", "Acme", "model", "THERMOMETER 2")));
    thermometer.awaitValue(20.0);
  }

  @Test
  void odooSeesANetworkDevice() {
    assertEquals("ThermometerDriver", thermometer.driver());
    assertEquals("device", thermometer.type());
    assertEquals("network", thermometer.status().connection());
  }

  @Test
  void theTemperatureIsPublishedWhenItChanges() {
    instrument.awaitHeard(3);
    assertEquals(1, thermometer.events().size(), "the same temperature again is no news");
    instrument.set("temperature", "21.50 C");
    assertEquals("connected", thermometer.awaitValue(21.5).status());
    assertEquals(21.5, thermometer.events().get(1).get("result"));
  }

  @Test
  void statisticsAreKeptUntilTheyAreReset() {
    instrument.set("temperature", "23.00 C");
    assertEquals(23.0, thermometer.act("read_once"));
    Map<?, ?> kept = statistics();
    assertEquals(20.0, kept.get("min"));
    assertEquals(23.0, kept.get("max"));
    assertTrue((Long) kept.get("count") >= 2);
    thermometer.act("reset");
    thermometer.act("read_once");
    Map<?, ?> fresh = statistics();
    assertEquals(23.0, fresh.get("min"));
    assertEquals(23.0, fresh.get("mean"));
  }

  @Test
  void theUnitAppliesToEverything() {
    assertEquals("F", thermometer.act("set_unit", Map.of("unit", "f")));
    assertEquals("F", thermometer.awaitValue(68.0).get("unit"));
    assertEquals(68.0, statistics().get("max"));
    thermometer.act("set_unit", Map.of("unit", "K"));
    assertEquals(293.15, thermometer.act("read_once"));
  }

  @Test
  void anUnknownUnitIsTold() {
    assertEquals("unit must be C, F or K, and is R", failure("set_unit", Map.of("unit", "R")));
  }

  @Test
  void anInstrumentInFahrenheitIsUnderstood() {
    instrument.set("temperature", "77.00 F");
    assertEquals(25.0, thermometer.act("read_once"));
  }

  @Test
  void calibrationSendsTheDifferenceInAnyLanguage() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertEquals(
          Map.of("correction", 0.5), thermometer.act("calibrate", Map.of("reference", "20.5")));
    } finally {
      Locale.setDefault(before);
    }
    assertTrue(instrument.heard().contains("CAL 0.50\n"));
  }

  @Test
  void aCalibrationThatCannotBeRightIsNotSent() {
    assertEquals(
        "reference is 90.00 °C, 70.00 °C away from what the thermometer shows;"
            + " more than 5 °C means that one of them is broken",
        failure("calibrate", Map.of("reference", 90)));
    failure("calibrate", Map.of("reference", "NaN"));
    assertEquals(
        "The action has no \"reference\", which must be a number", failure("calibrate", Map.of()));
    assertTrue(instrument.heard().stream().allMatch("TEMP?\n"::equals));
  }

  @Test
  void aRefusalAndNonsenseAreTold() {
    instrument.set("temperature", "ERR sensor broken");
    assertEquals("Acme THERMOMETER 2 refused \"TEMP?\": ERR sensor broken", failure("read_once"));
    instrument.set("temperature", "warm C");
    assertEquals("Acme THERMOMETER 2 measured \"warm\", which is no number", failure("read_once"));
    instrument.set("temperature", "20");
    assertEquals("Acme THERMOMETER 2 gave no temperature in C or F", failure("read_once"));
  }

  @Test
  void aThermometerThatWasOffIsAskedAgain() {
    instrument.pull();
    assertEquals(
        "Acme THERMOMETER 2 does not answer: Connection refused",
        thermometer.awaitStatus("error").message());
    kit.networkLine(
        "expect \"TEMP?\\n\"\nanswer \"19.00 C\\n\"", instrument.device().getInt("port"));
    assertEquals("connected", thermometer.awaitValue(19.0).status());
  }

  private Map<?, ?> statistics() {
    return (Map<?, ?>) thermometer.last().get("statistics");
  }

  private String failure(String action) {
    return failure(action, Map.of());
  }

  private String failure(String action, Map<String, ?> parameters) {
    return assertThrows(ActionFailed.class, () -> thermometer.act(action, parameters)).getMessage();
  }
}
