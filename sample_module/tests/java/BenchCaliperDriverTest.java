import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BenchCaliperDriverTest {
  private BenchEmulator caliper;
  private BenchCaliperDriver driver;

  @BeforeEach
  void switchOn() throws Exception {
    caliper = new BenchEmulator().answer("MEAS?", "12.34 mm");
    driver = new BenchCaliperDriver("bench_1", RunningDriver.device(caliper, "Caliper 150"));
  }

  @AfterEach
  void switchOff() throws Exception {
    driver.disconnect();
    caliper.close();
  }

  @Test
  void itIsForCalipersOnly() {
    assertTrue(BenchCaliperDriver.supported(RunningDriver.device(caliper, "CALIPER")));
    assertFalse(BenchCaliperDriver.supported(RunningDriver.device(caliper, "Scale")));
    assertEquals("device", driver.deviceType());
  }

  @Test
  void theLengthIsPublishedWithItsUnit() {
    try (RunningDriver running = new RunningDriver(driver)) {
      running.awaitLast("value", 12.34);
      assertEquals("mm", running.last().get("unit"));
    }
  }

  @Test
  void theUnitCanBeChanged() throws Exception {
    caliper.answer("UNIT in", "OK").answer("MEAS?", "0.486 in");
    assertEquals(0.486, RunningDriver.act(driver, "set_unit", "unit", "in"));
    assertEquals("in", driver.data().get("unit"));
    assertTrue(caliper.heard().contains("UNIT in"));
  }

  @Test
  void anUnknownUnitIsNotSent() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> RunningDriver.act(driver, "set_unit", "unit", "ell"));
    assertEquals("unit must be \"mm\" or \"in\", and is ell", e.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> RunningDriver.act(driver, "set_unit"));
    assertTrue(caliper.heard().isEmpty());
  }

  @Test
  void theOriginCanBeMoved() throws Exception {
    caliper.answer("ZERO", "OK").answer("MEAS?", "0.00 mm");
    assertEquals(0.0, RunningDriver.act(driver, "zero"));
  }

  @Test
  void nonsenseIsTold() {
    caliper.answer("MEAS?", "long");
    IOException e =
        assertThrows(IOException.class, () -> RunningDriver.act(driver, "read_once"));
    assertEquals("Acme Caliper 150 answered \"long\" instead of a length", e.getMessage());
  }
}
