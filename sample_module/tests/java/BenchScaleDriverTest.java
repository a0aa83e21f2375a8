import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BenchScaleDriverTest {
  private BenchEmulator scale;

  @BeforeEach
  void switchOn() throws Exception {
    scale = new BenchEmulator().answer("WEIGHT?", "S 1.250 kg");
  }

  @AfterEach
  void switchOff() throws Exception {
    scale.close();
  }

  @Test
  void itIsForScalesOnly() {
    assertTrue(BenchScaleDriver.supported(RunningDriver.device(scale, "Precision SCALE 6")));
    assertFalse(BenchScaleDriver.supported(RunningDriver.device(scale, "Caliper")));
  }

  @Test
  void odooSeesANetworkScaleByItsName() {
    BenchScaleDriver driver = driver();
    assertEquals("scale", driver.deviceType());
    assertEquals("network", driver.deviceConnection());
    assertEquals("Acme", driver.deviceManufacturer());
    assertEquals("Acme Scale", driver.deviceName());
  }

  @Test
  void everyNewWeightIsAnEventForOldAndNewOdoo() {
    try (RunningDriver running = new RunningDriver(driver())) {
      running.awaitLast("value", 1.25);
      scale.answer("WEIGHT?", "S 2.500 kg");
      running.awaitLast("value", 2.5);
      assertEquals(2, running.events().size());
      assertEquals(2.5, running.last().get("result"));
      assertEquals("kg", running.last().get("unit"));
      assertEquals(
          Map.of("status", "connected", "message_title", "", "message_body", ""),
          running.last().get("status"));
    }
  }

  @Test
  void aMovingScaleSaysSo() {
    scale.answer("WEIGHT?", "D 1.100 kg");
    try (RunningDriver running = new RunningDriver(driver())) {
      running.awaitLast("value", 1.1);
      assertEquals("Scale in motion", running.awaitStatus("connected").get("message_title"));
    }
  }

  @Test
  void readingOnceAnswersTheWeight() throws Exception {
    BenchScaleDriver driver = driver();
    assertEquals(1.25, RunningDriver.act(driver, "read_once"));
    driver.disconnect();
  }

  @Test
  void tareIsSentAndTakenBack() throws Exception {
    scale.answer("TARE", "OK").answer("CLEAR", "OK");
    BenchScaleDriver driver = driver();
    assertEquals(1.25, RunningDriver.act(driver, "tare"));
    assertEquals(1.25, RunningDriver.act(driver, "clear_tare"));
    assertTrue(scale.heard().contains("TARE"));
    assertTrue(scale.heard().contains("CLEAR"));
    driver.disconnect();
  }

  @Test
  void aRefusalIsTold() throws Exception {
    scale.answer("TARE", "ERR in motion");
    BenchScaleDriver driver = driver();
    IOException e = assertThrows(IOException.class, () -> RunningDriver.act(driver, "tare"));
    assertEquals("Acme Scale refused \"TARE\": in motion", e.getMessage());
    driver.disconnect();
  }

  @Test
  void nonsenseIsTold() throws Exception {
    BenchScaleDriver driver = driver();
    scale.answer("WEIGHT?", "hello");
    assertEquals("Acme Scale answered \"hello\" instead of a weight", failure(driver));
    scale.answer("WEIGHT?", "S much kg");
    assertEquals("Acme Scale weighs \"much\", which is no number", failure(driver));
    scale.answer("WEIGHT?", "x".repeat(1000));
    assertEquals("Acme Scale: an answer without an end", failure(driver));
    driver.disconnect();
  }

  @Test
  void stoppedReadingAsksNothing() throws Exception {
    try (RunningDriver running = new RunningDriver(driver())) {
      running.awaitLast("value", 1.25);
      running.act("stop_reading");
      await()
          .during(Duration.ofMillis(500))
          .until(() -> count("WEIGHT?"), before -> before == count("WEIGHT?"));
      scale.answer("WEIGHT?", "S 3.000 kg");
      running.act("start_reading");
      running.awaitLast("value", 3.0);
    }
  }

  @Test
  void aSilentScaleIsAnErrorUntilItAnswersAgain() {
    scale.silence("WEIGHT?");
    try (RunningDriver running = new RunningDriver(driver())) {
      assertEquals(
          "Acme Scale: no answer within 1000 ms",
          running.awaitStatus("error").get("message_body"));
      scale.answer("WEIGHT?", "S 1.000 kg");
      running.awaitLast("value", 1.0);
      running.awaitStatus("connected");
    }
  }

  @Test
  void aScaleThatWasOffIsConnectedAgain() throws Exception {
    try (RunningDriver running = new RunningDriver(driver())) {
      running.awaitLast("value", 1.25);
      scale.close();
      running.awaitStatus("error");
      try (BenchEmulator again = new BenchEmulator(scale.port())) {
        again.answer("WEIGHT?", "S 4.000 kg");
        running.awaitLast("value", 4.0);
        assertTrue(running.isRunning());
      }
    }
  }

  @Test
  void disconnectingEndsAQuestionAndStaysDisconnected() throws Exception {
    scale.silence("WEIGHT?");
    BenchScaleDriver driver = driver();
    RunningDriver running = new RunningDriver(driver);
    await().until(() -> count("WEIGHT?") > 0);
    long start = System.nanoTime();
    running.close();
    assertTrue(Duration.ofNanos(System.nanoTime() - start).toMillis() < 900);
    assertEquals("Acme Scale: disconnected", failure(driver));
  }

  private BenchScaleDriver driver() {
    return new BenchScaleDriver("bench_1", RunningDriver.device(scale, "Scale"));
  }

  private long count(String line) {
    return scale.heard().stream().filter(line::equals).count();
  }

  private static String failure(BenchScaleDriver driver) {
    return assertThrows(IOException.class, () -> RunningDriver.act(driver, "read_once"))
        .getMessage();
  }
}
