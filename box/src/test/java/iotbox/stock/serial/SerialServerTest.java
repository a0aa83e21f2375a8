package iotbox.stock.serial;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.handler.Device;
import iotbox.stock.RunningDriver;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Serial lines behind a real serial server. */
@Timeout(60)
class SerialServerTest {
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final SerialSettings CALIPER =
      SerialSettings.of(4800, 7, SerialSettings.Parity.EVEN, 2);

  @TempDir Path folder;
  private PtyPair pty;

  @BeforeEach
  void plug() throws Exception {
    pty = new PtyPair(folder);
  }

  @AfterEach
  void unplug() throws Exception {
    pty.close();
  }

  @Test
  void thePortIsSetAsTheDriverWantsIt() throws Exception {
    try (Ser2net server = Ser2net.settable(folder, pty.box());
        SerialConnection connection =
            SerialConnection.open("rfc2217://" + server.address(), CALIPER)) {
      connection.check();
      // Of a terminal that is no port the system keeps the speed and the stop bits.
      String line = stty(pty.box());
      assertTrue(line.contains("speed 4800 baud"), line);
      assertTrue(line.contains(" cstopb"), line);
    }
  }

  @Test
  void everyByteArrivesAsItIsBothWays() throws Exception {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    try (RandomAccessFile device = new RandomAccessFile(pty.device(), "rw");
        Ser2net server = Ser2net.settable(folder, pty.box());
        SerialConnection connection =
            SerialConnection.open("rfc2217://" + server.address(), SerialSettings.of(9600))) {
      connection.write(all);
      byte[] heard = new byte[all.length];
      device.readFully(heard);
      assertArrayEquals(all, heard);
      device.write(all);
      assertArrayEquals(all, connection.read(all.length, LONG));
    }
  }

  @Test
  void aServerThatDoesNotLetItsPortBeSetIsUsedAsItIs() throws Exception {
    try (RandomAccessFile device = new RandomAccessFile(pty.device(), "rw");
        Ser2net server = Ser2net.telnet(folder, pty.box());
        SerialConnection connection =
            SerialConnection.open("rfc2217://" + server.address(), CALIPER)) {
      device.write("1.5\r".getBytes(StandardCharsets.US_ASCII));
      assertArrayEquals(
          "1.5\r".getBytes(StandardCharsets.US_ASCII), connection.readUntil('\r', LONG));
      assertTrue(stty(pty.box()).contains("speed 9600 baud"));
    }
  }

  @Test
  void aScaleWorksBehindARawServerAlsoAfterTheServerWasAway() throws Exception {
    try (Toledo8217Emulator scale = new Toledo8217Emulator(pty.device());
        Ser2net server = Ser2net.raw(folder, pty.box())) {
      Device device = Device.of(Map.of("identifier", "tcp://" + server.address()));
      scale.show("1.25");
      assertTrue(Toledo8217Driver.supported(device));
      Toledo8217Driver driver = new Toledo8217Driver("tcp://" + server.address(), device);
      assertEquals("network", driver.deviceConnection());
      try (RunningDriver running = new RunningDriver(driver)) {
        await().atMost(LONG).until(() -> running.host.last().get("value"), is(1.25));
        server.stop();
        await().atMost(LONG).until(() -> "error".equals(running.host.lastStatus().get("status")));
        scale.show("2.5");
        server.start();
        await().atMost(LONG).until(() -> running.host.last().get("value"), is(2.5));
        assertEquals("connected", running.host.lastStatus().get("status"));
      }
    }
  }

  @Test
  void aScaleIsRecognisedThroughRfc2217() throws Exception {
    try (Toledo8217Emulator scale = new Toledo8217Emulator(pty.device());
        Ser2net server = Ser2net.settable(folder, pty.box())) {
      scale.show("3.5");
      String path = "rfc2217://" + server.address();
      Device device = Device.of(Map.of("identifier", path));
      assertTrue(Toledo8217Driver.supported(device));
      Toledo8217Driver driver = new Toledo8217Driver(path, device);
      assertEquals(3.5, driver.readOnce());
      driver.disconnect();
    }
  }

  @Test
  void aPortIsListedAndAsIfPluggedInWhenItsServerIsThere() throws Exception {
    Ser2net server = Ser2net.raw(folder, pty.box());
    String path = "tcp://" + server.address();
    SerialServerInterface there = new SerialServerInterface(List.of(path), PortLines.none());
    assertEquals("reached", there.getDevices().get(path).get("plugged_in"));
    server.stop();
    SerialServerInterface ports = new SerialServerInterface(List.of(path), PortLines.none());
    await().atMost(LONG).until(() -> ports.getDevices().containsKey(path));
    assertNull(ports.getDevices().get(path).get("plugged_in"));
    server.start();
    await()
        .atMost(LONG)
        .until(() -> "reached".equals(ports.getDevices().get(path).get("plugged_in")));
    server.stop();
    assertEquals("reached", ports.getDevices().get(path).get("plugged_in"), "the driver's matter");
    ports.close();
    there.close();
  }

  @Test
  void aServerThatIsNotThereSaysNoSoon() {
    // Documentation addresses lead nowhere; some networks say so, in others nothing ever comes.
    Device device = Device.of(Map.of("identifier", "tcp://192.0.2.1:4001"));
    long start = System.nanoTime();
    assertFalse(Toledo8217Driver.supported(device));
    assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 4);
  }

  private static Predicate<Object> is(double value) {
    return shown -> shown.equals(value);
  }

  private static String stty(String path) throws Exception {
    Process stty = new ProcessBuilder("stty", "-F", path, "-a").redirectErrorStream(true).start();
    return new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }
}
