package iotbox.stock.serial;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.handler.ActionData;
import iotbox.handler.Device;
import iotbox.stock.RunningDriver;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SylvacDriverTest {
  @TempDir Path folder;
  private PtyPair pty;
  private SylvacEmulator caliper;
  private Device device;

  @BeforeEach
  void plug() throws Exception {
    pty = new PtyPair(folder);
    caliper = new SylvacEmulator(pty.device());
    device = Device.of(Map.of("identifier", pty.box()));
  }

  @AfterEach
  void unplug() throws Exception {
    pty.close();
    caliper.close();
  }

  @Test
  void isRecognisedByItsValue() {
    caliper.show("+012.34");
    assertTrue(SylvacDriver.supported(device));
    caliper.show("-000.010 =");
    assertTrue(SylvacDriver.supported(device));
    caliper.echo();
    assertTrue(SylvacDriver.supported(device));
  }

  @Test
  void othersAreNotTaken() throws Exception {
    for (String answer : new String[] {"", "12.34", "ERR1", "hello", "+12", "+1.5 kg"}) {
      caliper.show(answer);
      assertFalse(SylvacDriver.supported(device), answer);
    }
    // Neither is this a scale: each keeps off the other's device.
    assertFalse(Toledo8217Driver.supported(device));
  }

  @Test
  void aScaleIsNotTaken() throws Exception {
    caliper.close();
    try (Toledo8217Emulator scale = new Toledo8217Emulator(pty.device())) {
      scale.show("1.234");
      assertFalse(SylvacDriver.supported(device));
      assertTrue(Toledo8217Driver.supported(device));
    }
  }

  @Test
  void whoTalksWithoutBeingAskedIsNotTaken() throws Exception {
    caliper.close();
    try (RandomAccessFile talker = new RandomAccessFile(pty.device(), "rw")) {
      Thread talk = new Thread(() -> talk(talker));
      talk.setDaemon(true);
      talk.start();
      assertFalse(SylvacDriver.supported(device));
      talk.interrupt();
      talk.join();
    }
  }

  @Test
  void valuesAreToldAsTheyChangeWithTheirUnit() throws Exception {
    caliper.show("+012.34");
    SylvacDriver driver = new SylvacDriver(pty.box(), device);
    assertEquals("device", driver.deviceType());
    try (RunningDriver running = new RunningDriver(driver)) {
      awaitValue(running, 12.34);
      assertEquals("mm", running.host.last().get("unit"));
      assertEquals("connected", running.host.lastStatus().get("status"));
      int events = running.host.events().size();
      int requests = caliper.requests();
      await().until(() -> caliper.requests() > requests + 2);
      assertEquals(events, running.host.events().size(), "the same value is not told again");
      caliper.show("-000.01");
      awaitValue(running, -0.01);
      caliper.unit("IN");
      caliper.show("+0.0005");
      awaitValue(running, 0.0005);
      await().until(() -> "in".equals(running.host.last().get("unit")));
    }
  }

  @Test
  void theDataButtonTellsTheValueAgain() throws Exception {
    caliper.show("+012.34");
    try (RunningDriver running = new RunningDriver(new SylvacDriver(pty.box(), device))) {
      awaitValue(running, 12.34);
      for (int pressed = 1; pressed <= 5; pressed++) {
        int events = running.host.events().size();
        caliper.press();
        await().until(() -> running.host.events().size() == events + 1);
      }
    }
  }

  @Test
  void readingCanBeStoppedAndTheValueAskedForByHand() throws Exception {
    caliper.show("+001.00");
    SylvacDriver driver = new SylvacDriver(pty.box(), device);
    try (RunningDriver running = new RunningDriver(driver)) {
      awaitValue(running, 1.0);
      driver.action(action("stop_reading"));
      // One request may be on its way.
      int requests = caliper.requests();
      caliper.show("+002.00");
      Thread.sleep(600);
      assertTrue(caliper.requests() <= requests + 1);
      assertEquals(2.0, driver.action(action("read_once")));
      awaitValue(running, 2.0);
      caliper.show("+003.00");
      caliper.press();
      awaitValue(running, 3.0);
      caliper.show("+004.00");
      driver.action(action("start_reading"));
      awaitValue(running, 4.0);
    }
  }

  @Test
  void itsErrorsAreFaultsInWords() throws Exception {
    caliper.show("+001.00");
    SylvacDriver driver = new SylvacDriver(pty.box(), device);
    try (RunningDriver running = new RunningDriver(driver)) {
      awaitValue(running, 1.0);
      caliper.show("ERR0");
      running.host.awaitStatus("error");
      assertTrue(
          running.host.lastStatus().get("message_body").toString().startsWith("The sensor failed"));
      assertThrows(IllegalStateException.class, driver::readOnce);
      caliper.show("+001.00");
      running.host.awaitStatus("connected");
    }
  }

  @Test
  void oneWithoutUnitOrSignWorksWhenPinned() throws Exception {
    caliper.unit("");
    caliper.show("12.5");
    try (RunningDriver running = new RunningDriver(new SylvacDriver(pty.box(), device))) {
      awaitValue(running, 12.5);
      assertFalse(running.host.last().containsKey("unit"));
    }
  }

  @Test
  void oneThatIsSwitchedOffDoesNotAnswerUntilItIsOnAgain() throws Exception {
    caliper.show("+001.00");
    try (RunningDriver running = new RunningDriver(new SylvacDriver(pty.box(), device))) {
      awaitValue(running, 1.0);
      caliper.show("");
      running.host.awaitStatus("error");
      caliper.show("+001.00");
      running.host.awaitStatus("connected");
    }
  }

  private static void talk(RandomAccessFile line) {
    try {
      while (true) {
        line.write("+1.50\r".getBytes());
        Thread.sleep(20);
      }
    } catch (IOException | InterruptedException e) {
      // The test is over.
    }
  }

  private static void awaitValue(RunningDriver running, Double value) {
    await().until(() -> running.host.last().get("value"), shown -> value.equals(shown));
  }

  private static ActionData action(String name) {
    return ActionData.of(Map.of("action", name), "s");
  }
}
