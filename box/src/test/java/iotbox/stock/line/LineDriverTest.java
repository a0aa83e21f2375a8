package iotbox.stock.line;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.handler.Device;
import iotbox.stock.RunningDriver;
import iotbox.stock.serial.AnswerException;
import iotbox.stock.serial.PortLine;
import iotbox.stock.serial.PtyPair;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LineDriverTest {
  private static final String PATTERN =
      "(?:(?<stable>ST)|US),GS,(?<value>[+-] *[\\d.]+) *(?<unit>k?g)";

  @TempDir Path folder;
  private PtyPair pty;
  private RandomAccessFile device;
  private final Map<String, Object> fields = new HashMap<>(Map.of("pattern", PATTERN));
  private PortLine line;

  @BeforeEach
  void plug() throws Exception {
    pty = new PtyPair(folder);
    device = new RandomAccessFile(pty.device(), "rw");
    line = new PortLine(pty.box(), false, () -> fields);
  }

  @AfterEach
  void unplug() throws Exception {
    pty.close();
    device.close();
  }

  @Test
  void aScaleThatSpeaksByItselfIsLikeAnyScale() throws Exception {
    LineDriver scale = driver();
    assertEquals("scale", scale.deviceType());
    assertFalse(LineDriver.supported(scale.device()));
    try (RunningDriver running = new RunningDriver(scale)) {
      running.host.awaitStatus("connected");
      say("WEIGHT 1\r\nST,GS,+  1.250 kg\r\n");
      awaitValue(running, 1.25);
      assertEquals("kg", running.host.last().get("unit"));
      assertEquals(1.25, running.host.last().get("result"));
      say("US,GS,+  1.600 kg\r\n");
      awaitValue(running, 0.0);
      assertEquals("Scale in motion", running.host.lastStatus().get("message_title"));
      say("ST,GS,+  1.700 kg\r\n");
      awaitValue(running, 1.7);
      assertEquals(1.7, scale.readOnce(), "it says nothing new, so the last weight counts");
      assertEquals(
          List.of("WEIGHT 1\r\n", "ST,GS,+  1.250 kg\r\n"),
          line.lastHeard().stream().limit(2).map(LineDriverTest::text).toList());
    }
  }

  @Test
  void nothingIsPublishedAfterStopReadingAndReadOnceKnowsTheLatest() throws Exception {
    LineDriver scale = driver();
    try (RunningDriver running = new RunningDriver(scale)) {
      say("ST,GS,+ 1.0 kg\n");
      awaitValue(running, 1.0);
      scale.stopReading();
      say("ST,GS,+ 2.0 kg\n");
      await().until(() -> line.lastHeard().size() == 2);
      assertEquals(1.0, running.host.last().get("value"));
      assertEquals(2.0, scale.readOnce());
      awaitValue(running, 2.0);
    }
  }

  @Test
  void aScaleThatIsAskedIsAskedEachInterval() throws Exception {
    fields.put("request", "W\\r");
    fields.put("interval", 50);
    fields.put("pattern", "([\\d.]+)");
    fields.put("end", "CR");
    fields.put("unit", "g");
    LineDriver scale = driver();
    try (RunningDriver running = new RunningDriver(scale)) {
      assertEquals("W\r", heard(2));
      say("0500\r");
      awaitValue(running, 0.5);
      assertEquals("kg", running.host.last().get("unit"));
      assertEquals("W\r", heard(2));
      say("HEADING\r0750\r");
      awaitValue(running, 0.75);
      assertEquals("W\r", heard(2));
      say("nonsense\r");
      running.host.awaitStatus("error");
      assertTrue(running.host.lastStatus().get("message_body").toString().contains("does not fit"));
      CompletableFuture<Void> serving = CompletableFuture.runAsync(this::answerAll);
      running.host.awaitStatus("connected");
      assertEquals(3.0, scale.readOnce());
      serving.cancel(true);
    }
  }

  @Test
  void aDeviceTellsAlsoWhatIsNotStable() throws Exception {
    fields.put("type", "device");
    fields.put("name", "Torque wrench");
    LineDriver gauge = driver();
    assertEquals("device", gauge.deviceType());
    assertEquals("Torque wrench", gauge.deviceName());
    try (RunningDriver running = new RunningDriver(gauge)) {
      say("US,GS,+ 42 g\n");
      awaitValue(running, 42.0);
      assertEquals("g", running.host.last().get("unit"));
      assertEquals("Not stable", running.host.lastStatus().get("message_title"));
    }
  }

  @Test
  void oneThatHasSaidNothingSaysSo() throws Exception {
    LineDriver scale = driver();
    AnswerException e = assertThrows(AnswerException.class, scale::readOnce);
    assertTrue(e.getMessage().contains("has sent nothing yet"), e.getMessage());
    scale.disconnect();
  }

  @Test
  void withoutSettingsItSaysWhatToDo() {
    fields.clear();
    assertTrue(
        assertThrows(IllegalStateException.class, this::driver)
            .getMessage()
            .startsWith("Say below how the lines"));
    fields.put("pattern", "(");
    assertTrue(
        assertThrows(IllegalStateException.class, this::driver)
            .getMessage()
            .contains("missing closing"));
  }

  @Test
  void aTrialShowsWhatComesAndWhatIsFound() throws Exception {
    CompletableFuture<List<HeardLine>> trial = trial();
    say("ST,GS,+  1.250 kg\r\nhello\r\nunfinished");
    List<HeardLine> lines = trial.get();
    assertEquals(3, lines.size());
    assertEquals(1.25, lines.get(0).value());
    assertEquals("The pattern does not fit this line.", lines.get(1).problem());
    assertEquals("unfinished", text(lines.get(2).bytes()));
    assertTrue(lines.get(2).problem().contains("not the end"));
  }

  @Test
  void aTrialAsksWhereSomethingIsToBeAskedAndEndsWithFiveLines() throws Exception {
    fields.put("request", "W\\r");
    fields.put("interval", 20);
    fields.put("end", "CR");
    fields.put("pattern", "([\\d.]+)");
    CompletableFuture<List<HeardLine>> trial = trial();
    CompletableFuture<Void> serving = CompletableFuture.runAsync(this::answerAll);
    assertEquals(
        List.of(3.0, 3.0, 3.0, 3.0, 3.0), trial.get().stream().map(HeardLine::value).toList());
    serving.cancel(true);
  }

  @Test
  void aTrialOfAPortThatIsNotThereSaysSo() throws Exception {
    pty.unplug();
    IOException e =
        assertThrows(IOException.class, () -> LineTrial.of(line, LineSettings.of(fields)));
    assertTrue(e.getMessage().contains("is not there"), e.getMessage());
  }

  private CompletableFuture<List<HeardLine>> trial() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return LineTrial.of(line, LineSettings.of(fields));
          } catch (IOException | InterruptedException | LineSettingsException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private LineDriver driver() {
    return new LineDriver(pty.box(), Device.of(Map.of("identifier", pty.box()), line));
  }

  private void say(String text) throws IOException {
    device.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private String heard(int count) throws IOException {
    byte[] bytes = new byte[count];
    device.readFully(bytes);
    return text(bytes);
  }

  private void answerAll() {
    try {
      while (true) {
        heard(2);
        say(fields.containsKey("unit") ? "3000\r" : "3\r");
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private static void awaitValue(RunningDriver running, Double value) {
    await().until(() -> running.host.last().get("value"), shown -> value.equals(shown));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
