package iotbox.stock.serial;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.handler.ActionData;
import iotbox.handler.Device;
import iotbox.stock.RecordingHost;
import iotbox.stock.RunningDriver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class Toledo8217DriverTest {
  @TempDir Path folder;
  private PtyPair pty;
  private Toledo8217Emulator scale;

  @BeforeEach
  void plug() throws Exception {
    pty = new PtyPair(folder);
    scale = new Toledo8217Emulator(pty.device());
  }

  @AfterEach
  void unplug() throws Exception {
    pty.close();
    scale.close();
  }

  @Test
  void theScaleIsRecognisedAndWeighsAfterwards() throws Exception {
    assertTrue(Toledo8217Driver.supported(port()));
    assertTrue(Toledo8217Driver.supported(port()), "it was left in its test mode");
    scale.show("1.234");
    assertEquals(1.234, act(driver(), "read_once"));
  }

  @Test
  void aScaleThatConfirmsTheEndOfTheTestIsRecognisedToo() throws Exception {
    scale.confirmEnd();
    scale.show("2.5");
    assertTrue(Toledo8217Driver.supported(port()));
    assertEquals(2.5, act(driver(), "read_once"));
  }

  @Test
  void parityBitsInTheBytesDoNotMatter() throws Exception {
    scale.showParity();
    scale.show("1.234");
    assertTrue(Toledo8217Driver.supported(port()));
    assertEquals(1.234, act(driver(), "read_once"));
  }

  @Test
  void aSilentABusyAndAMissingPortAreNotSupported() throws Exception {
    assertFalse(Toledo8217Driver.supported(port("/dev/none")));
    SerialConnection busy = SerialConnection.open(pty.box(), SerialSettings.of(9600));
    assertFalse(Toledo8217Driver.supported(port()));
    busy.close();
    scale.close();
    pty.unplug();
    pty.plug();
    assertFalse(Toledo8217Driver.supported(port()));
  }

  @Test
  void itIsAScaleWithTheActionsOfThePointOfSale() {
    Toledo8217Driver driver = driver();
    assertEquals("scale", driver.deviceType());
    assertEquals("serial", driver.deviceConnection());
    assertEquals("Mettler-Toledo", driver.deviceManufacturer());
    assertTrue(driver.deviceName().startsWith("Toledo 8217"));
    assertEquals(
        Set.of("get_status", "read_once", "start_reading", "stop_reading"), driver.actions());
    assertEquals("connecting", ((Map<?, ?>) driver.getStatus()).get("status"));
  }

  @Test
  void everyChangeOfWeightIsOneEventInBothWords() throws Exception {
    scale.show("1.000");
    try (RunningDriver running = new RunningDriver(driver())) {
      await().until(() -> running.host.last().get("value"), Double.valueOf(1)::equals);
      int asked = scale.weightRequests();
      await().until(() -> scale.weightRequests() > asked + 3);
      scale.show("2.345");
      await().until(() -> running.host.last().get("value"), Double.valueOf(2.345)::equals);
      List<Map<String, Object>> events = running.host.events();
      assertEquals(2, events.size(), events.toString());
      assertEquals(2.345, events.get(1).get("result"));
      assertEquals(
          Map.of("status", "connected", "message_title", "", "message_body", ""),
          events.get(1).get("status"));
    }
  }

  @Test
  void aStatusByteIsShownAndTheWeightComesBack() throws Exception {
    scale.show("1.000");
    try (RunningDriver running = new RunningDriver(driver())) {
      await().until(() -> running.host.last().get("value"), Double.valueOf(1)::equals);
      scale.status('A');
      await()
          .until(() -> running.host.lastStatus().get("message_title"), "Scale in motion"::equals);
      assertEquals("connected", running.host.lastStatus().get("status"));
      assertEquals(0.0, running.host.last().get("result"));
      scale.status('B');
      running.host.awaitStatus("error");
      assertEquals(
          "Over capacity: take load off the scale", running.host.lastStatus().get("message_body"));
      scale.show("1.000");
      running.host.awaitStatus("connected");
      assertEquals(1.0, running.host.last().get("value"));
    }
  }

  @Test
  void readingOnceWithoutAWeightSaysWhy() throws Exception {
    scale.status('B');
    Toledo8217Driver driver = driver();
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> act(driver, "read_once"));
    assertEquals(
        "Toledo 8217 serial scale: Over capacity: take load off the scale", e.getMessage());
    driver.disconnect();
  }

  @Test
  void aStoppedReaderAsksOnlyWhenTold() throws Exception {
    scale.show("1.000");
    Toledo8217Driver driver = driver();
    try (RunningDriver running = new RunningDriver(driver)) {
      await().until(() -> running.host.last().get("value"), Double.valueOf(1)::equals);
      act(driver, "stop_reading");
      int asked = quiet();
      scale.show("3.000");
      assertEquals(3.0, act(driver, "read_once"));
      assertEquals(asked + 1, scale.weightRequests());
      assertEquals(3.0, running.host.last().get("value"));
      act(driver, "start_reading");
      await().until(() -> scale.weightRequests() > asked + 3);
    }
  }

  @Test
  void readingOncePublishesAlsoTheSameWeight() throws Exception {
    scale.show("1.000");
    Toledo8217Driver driver = driver();
    RecordingHost host = new RecordingHost();
    driver.attach(host);
    act(driver, "read_once");
    act(driver, "read_once");
    assertEquals(2, host.events().size());
    driver.disconnect();
  }

  @Test
  void aSilentScaleIsAnErrorOnceAndRecoversOnTheSameLine() throws Exception {
    scale.answer("");
    try (RunningDriver running = new RunningDriver(driver())) {
      running.host.awaitStatus("error");
      assertEquals(
          "Toledo 8217 serial scale does not answer",
          running.host.lastStatus().get("message_title"));
      assertTrue(
          running.host.lastStatus().get("message_body").toString().contains("did not answer"));
      int asked = scale.weightRequests();
      await().until(() -> scale.weightRequests() > asked + 1);
      assertEquals(1, running.host.events().size());
      scale.show("0.500");
      await().until(() -> running.host.last().get("value"), Double.valueOf(0.5)::equals);
      assertEquals("connected", running.host.lastStatus().get("status"));
    }
  }

  @Test
  void noiseIsAnErrorUntilTheNextWeight() throws Exception {
    scale.answer("\u0002what?\r");
    try (RunningDriver running = new RunningDriver(driver())) {
      running.host.awaitStatus("error");
      scale.show("0.500");
      await().until(() -> running.host.last().get("value"), Double.valueOf(0.5)::equals);
    }
  }

  @Test
  void aPulledPlugIsToldAndALaterOneFound() throws Exception {
    scale.show("1.000");
    try (RunningDriver running = new RunningDriver(driver())) {
      await().until(() -> running.host.last().get("value"), Double.valueOf(1)::equals);
      pty.unplug();
      running.host.awaitStatus("error");
      assertEquals(
          "Toledo 8217 serial scale is not connected",
          running.host.lastStatus().get("message_title"));
      assertThrows(IOException.class, () -> driver().readOnce());
      pty.plug();
      try (Toledo8217Emulator again = new Toledo8217Emulator(pty.device())) {
        again.show("4.000");
        await().until(() -> running.host.last().get("value"), Double.valueOf(4)::equals);
      }
      assertTrue(running.isRunning());
    }
  }

  @Test
  void disconnectingEndsAWaitForASilentScaleAndKeepsThePortClosed() throws Exception {
    scale.answer("");
    Toledo8217Driver driver = driver();
    RunningDriver running = new RunningDriver(driver);
    await().until(() -> scale.weightRequests() > 0);
    long start = System.nanoTime();
    running.close();
    assertTrue(Duration.ofNanos(System.nanoTime() - start).toMillis() < 900);
    assertThrows(IOException.class, () -> act(driver, "read_once"));
    SerialConnection.open(pty.box(), SerialSettings.of(9600)).close();
  }

  /** Waits until the loop has noticed that it is not to ask. */
  private int quiet() {
    int[] seen = {-1};
    await()
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> {
              int before = seen[0];
              seen[0] = scale.weightRequests();
              return before == seen[0];
            });
    return seen[0];
  }

  private Toledo8217Driver driver() {
    return new Toledo8217Driver(pty.box(), port());
  }

  private Device port() {
    return port(pty.box());
  }

  private static Device port(String path) {
    return Device.of(Map.of("identifier", path, "path", path));
  }

  private static Object act(Toledo8217Driver driver, String action) throws Exception {
    return driver.action(ActionData.of(Map.of("action", action), "session"));
  }
}
