package iotbox.stock.serial;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.handler.Action;
import iotbox.handler.Device;
import iotbox.stock.RunningDriver;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What somebody else's driver can rely on. */
@Timeout(30)
class SerialDriverTest {
  /** A serial barcode scanner: it talks without being asked, and beeps when told. */
  private static final class Scanner extends SerialDriver {
    Scanner(String identifier, Device device) {
      super(identifier, device, SerialSettings.of(9600));
      deviceName("Scanner");
    }

    @Override
    public void takeMeasure() throws IOException, InterruptedException {
      byte[] line = listen('\r', Duration.ofMillis(200));
      if (line != null) {
        publish(new String(line, StandardCharsets.US_ASCII).trim());
      }
    }

    @Override
    public Duration newMeasureDelay() {
      return Duration.ZERO;
    }

    @Action("beep")
    public void beep() throws IOException, InterruptedException {
      send(new byte[] {7});
    }

    @Action("version")
    public String version() throws IOException, InterruptedException {
      return ask("V", '\r').trim();
    }
  }

  @TempDir Path folder;
  private PtyPair pty;
  private RandomAccessFile device;
  private Scanner scanner;

  @BeforeEach
  void plug() throws Exception {
    pty = new PtyPair(folder);
    device = new RandomAccessFile(pty.device(), "rw");
    scanner = new Scanner(pty.box(), Device.of(Map.of("identifier", pty.box())));
  }

  @AfterEach
  void unplug() throws Exception {
    scanner.disconnect();
    pty.close();
    device.close();
  }

  @Test
  void whatTheDeviceSaysByItselfIsPublished() throws Exception {
    try (RunningDriver running = new RunningDriver(scanner)) {
      running.host.awaitStatus("connected");
      write("4006381333931\r");
      await().until(() -> running.host.last().get("value"), "4006381333931"::equals);
      write("4006");
      write("381\r978\r");
      await().until(() -> running.host.last().get("value"), "978"::equals);
      assertEquals(
          List.of("", "4006381333931", "4006381", "978"),
          running.host.events().stream().map(event -> event.get("value")).toList());
    }
  }

  @Test
  void anActionSharesTheLineWithTheLoop() throws Exception {
    try (RunningDriver running = new RunningDriver(scanner)) {
      running.host.awaitStatus("connected");
      scanner.beep();
      assertEquals(7, device.read());
      List<String> versions = new CopyOnWriteArrayList<>();
      Thread action = new Thread(() -> versions.add(version()));
      action.start();
      assertEquals('V', device.read());
      write("1.7\r");
      await().until(() -> !versions.isEmpty());
      assertEquals(List.of("1.7"), versions);
      assertEquals(1, running.host.events().size(), "the loop took the action's answer");
    }
  }

  @Test
  void anActionWithoutTheLoopOpensThePortItself() throws Exception {
    scanner.beep();
    assertEquals(7, device.read());
  }

  @Test
  void aPortThatIsNotThereYetIsAnErrorUntilItIs() throws Exception {
    pty.unplug();
    try (RunningDriver running = new RunningDriver(scanner)) {
      running.host.awaitStatus("error");
      assertEquals(
          pty.box() + " is not there: plug the device in, or correct the path",
          running.host.lastStatus().get("message_body"));
      assertEquals(running.host.lastStatus(), scanner.getStatus());
      pty.plug();
      running.host.awaitStatus("connected");
      assertEquals(2, running.host.events().size());
    }
  }

  @Test
  void aBusyPortIsAnErrorUntilItIsFree() throws Exception {
    SerialConnection other = SerialConnection.open(pty.box(), SerialSettings.of(9600));
    try (RunningDriver running = new RunningDriver(scanner)) {
      running.host.awaitStatus("error");
      other.close();
      running.host.awaitStatus("connected");
    }
  }

  @Test
  void aProbeEndsInTimeWhateverItsPatience() {
    SerialSettings hasty =
        SerialSettings.of(9600).withTimeouts(Duration.ofSeconds(1), Duration.ofMillis(200));
    long start = System.nanoTime();
    assertFalse(
        SerialDriver.probe(
            scanner.device(),
            hasty,
            connection -> connection.readUntil('\r', Duration.ofHours(1)).length > 0));
    assertTrue(Duration.ofNanos(System.nanoTime() - start).toMillis() < 2000);
  }

  @Test
  void anInterruptedProbeSaysNoAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    assertFalse(
        SerialDriver.probe(
            scanner.device(),
            SerialSettings.of(9600),
            connection -> connection.readUntil('\r', Duration.ofHours(1)).length > 0));
    assertTrue(Thread.interrupted());
  }

  private String version() {
    try {
      return scanner.version();
    } catch (IOException | InterruptedException e) {
      return e.toString();
    }
  }

  private void write(String text) throws IOException {
    device.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
