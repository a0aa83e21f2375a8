package iotbox.box.simulation;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.thread.Alarm;
import iotbox.box.thread.BoxThreads;
import iotbox.handler.Device;
import iotbox.stock.serial.SerialConnection;
import iotbox.stock.serial.SerialDriver;
import iotbox.stock.serial.SerialProbe;
import iotbox.stock.serial.SerialSettings;
import iotbox.stock.serial.Toledo8217Driver;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Devices at real wires: a pseudo terminal that drivers open, and a port. */
@Timeout(60)
class SimulatedLinesTest {
  private static final SerialSettings SETTINGS =
      SerialSettings.of(9600, 7, SerialSettings.Parity.EVEN, 1);

  /** What comes is there at once; a busy machine may take its time. */
  private static final Duration SOON = Duration.ofSeconds(20);

  private final BoxThreads threads = new BoxThreads();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    threads.close();
  }

  @Test
  void aDriverTalksWithAScriptAsWithHardware() throws Exception {
    SerialLine line = serial("expect \"W\\r\"", "answer \"\\x02 1.234\\r\"");
    for (int i = 0; i < 3; i++) { // The port may be opened again and again.
      assertEquals("\u0002 1.234\r", probe(line, connection -> ask(connection, "W\r")));
    }
    assertEquals(List.of("W\r", "W\r", "W\r"), line.device().heard());
  }

  @Test
  void allBytesGetThroughBothWaysAsTheyAre() throws Exception {
    SerialLine line = serial("expect \"{all}END\"", "answer \"{all}END\"");
    String all = "";
    for (int i = 1; i < 256; i++) {
      all += (char) i;
    }
    String request = all + "END";
    SerialSettings eightBits = SerialSettings.of(9600);
    String[] answer = new String[1];
    SerialDriver.probe(
        device(line),
        eightBits,
        connection -> {
          connection.write(request);
          answer[0] =
              new String(connection.read(request.length(), SOON), StandardCharsets.ISO_8859_1);
          return true;
        });
    assertEquals(request, answer[0]);
  }

  @Test
  void theStockDriverRecognisesAScaleOfAFewLines() throws Exception {
    SerialLine line =
        serial(
            "expect \"Ehello\"",
            "answer \"\\x02E\\rhello\"",
            "expect \"F\"",
            "silence",
            "expect \"W\\r\"",
            "answer \"\\x021.234\\r\"");
    // Its patience is that of real scales, so that a busy machine may be asked again, as boxes do.
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertTrue(
                    Toledo8217Driver.supported(device(line)),
                    () -> "it said " + line.device().heard()));
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whatNobodyReadsIsLostAndBlocksNobody() throws Exception {
    SerialLine line = serial("every 1 ms", "answer \"" + "x".repeat(1000) + "\"");
    // Opened, not read: the terminal's buffer runs full.
    try (RandomAccessFile driver = new RandomAccessFile(line.path(), "rw")) {
      Thread.sleep(300); // Time for the flood; there is nothing to wait for.
      driver.getFD();
    }
    line.close(); // Not kept by a device that cannot say what it has to say.
  }

  @Test
  void whatWasSaidWhileThePortWasClosedIsNotReadLater() throws Exception {
    SerialLine line = serial("every 5 ms", "answer \"old\\r\"", "expect \"W\"", "answer \"w\\r\"");
    List<Talk> talks = new ArrayList<>();
    line.device()
        .onTalk(
            talk -> {
              synchronized (talks) {
                talks.add(talk);
              }
            });
    await()
        .until(
            () -> {
              synchronized (talks) {
                return talks.size() > 10;
              }
            });
    line.device().play(script("expect \"W\"", "answer \"new\\r\""));
    assertEquals("new\r", probe(line, connection -> ask(connection, "W")));
  }

  @Test
  void pullingThePlugIsNoticedByWhoHasItOpen() throws Exception {
    SerialLine line = serial("expect \"W\"", "silence");
    Path path = Path.of(line.path());
    assertTrue(Files.exists(path));
    List<String> failure = new ArrayList<>();
    SerialDriver.probe(
        device(line),
        SETTINGS.withTimeouts(SOON, Duration.ofSeconds(10)),
        connection -> {
          line.close();
          IOException e =
              assertThrows(
                  IOException.class, () -> connection.readUntil('\r', Duration.ofSeconds(10)));
          failure.add(e.getMessage());
          return false;
        });
    assertEquals(List.of(line.path() + " is gone: plug the device in again"), failure);
    await().until(() -> !Files.exists(path));
    line.close(); // A second time is harmless.
  }

  @Test
  void noFileStaysOpen() throws Exception {
    serial("expect \"W\"", "silence").close(); // Loads what stays open for ever.
    awaitNoTerminal();
    long before = descriptors();
    for (int i = 0; i < 20; i++) {
      serial("expect \"W\"", "silence").close();
    }
    await().until(() -> descriptors() <= before);
  }

  @Test
  void aDeviceAtAPortAnswersEachConnectionAndSpeaksToAll() throws Exception {
    NetworkLine line =
        NetworkLine.play(
            script(
                "expect \"{who}\\n\"",
                "answer \"hello {who}\\n\"",
                "every 50 ms",
                "answer \".\\n\""),
            0,
            Alarm.of(threads),
            threads.work());
    open.add(line);
    try (Socket one = new Socket(line.address().getAddress(), line.address().getPort());
        Socket two = new Socket(line.address().getAddress(), line.address().getPort())) {
      one.getOutputStream().write("one\n".getBytes(StandardCharsets.US_ASCII));
      assertEquals("hello one", firstLine(one, "hello"));
      two.getOutputStream().write("two\n".getBytes(StandardCharsets.US_ASCII));
      assertEquals("hello two", firstLine(two, "hello"));
      assertEquals(".", firstLine(one, "."));
      assertEquals(".", firstLine(two, "."));
      line.close();
      assertEquals(null, firstLine(one, "never"));
    }
  }

  @Test
  void aPortThatIsTakenIsTold() throws Exception {
    NetworkLine line =
        NetworkLine.play(script("expect \"W\"", "silence"), 0, Alarm.of(threads), threads.work());
    open.add(line);
    int port = line.address().getPort();
    IOException e =
        assertThrows(
            IOException.class,
            () ->
                NetworkLine.play(
                    script("expect \"W\"", "silence"), port, Alarm.of(threads), threads.work()));
    assertTrue(e.getMessage().startsWith("Port " + port + " cannot be used: "), e.getMessage());
  }

  private SerialLine serial(String... lines) throws Exception {
    SerialLine line = SerialLine.play(script(lines), Alarm.of(threads), threads.work());
    open.add(line);
    return line;
  }

  private static LineScript script(String... lines) throws LineScriptException {
    return LineScript.parse("scale.line", String.join("\n", lines));
  }

  private static Device device(SerialLine line) {
    return Device.of(Map.of("identifier", "scale", "path", line.path()));
  }

  private interface Conversation {
    String over(SerialConnection connection) throws IOException, InterruptedException;
  }

  private static String probe(SerialLine line, Conversation conversation) {
    String[] answer = new String[1];
    SerialProbe probe =
        connection -> {
          answer[0] = conversation.over(connection);
          return true;
        };
    assertTrue(SerialDriver.probe(device(line), SETTINGS.withTimeouts(SOON, SOON), probe));
    return answer[0];
  }

  private static String ask(SerialConnection connection, String request)
      throws IOException, InterruptedException {
    connection.write(request);
    return new String(connection.readUntil('\r', SOON), StandardCharsets.ISO_8859_1);
  }

  private static String firstLine(Socket socket, String beginning) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int read = socket.getInputStream().read();
        read >= 0;
        read = socket.getInputStream().read()) {
      if (read != '\n') {
        line.append((char) read);
      } else if (line.toString().startsWith(beginning)) {
        return line.toString();
      } else {
        line.setLength(0);
      }
    }
    return null;
  }

  private static void awaitNoTerminal() {
    await().until(() -> links().stream().noneMatch(link -> link.endsWith("ptmx")));
  }

  private static long descriptors() {
    return links().size();
  }

  private static List<String> links() {
    List<String> links = new ArrayList<>();
    for (String name : Path.of("/proc/self/fd").toFile().list()) {
      try {
        links.add(Files.readSymbolicLink(Path.of("/proc/self/fd", name)).toString());
      } catch (IOException e) {
        continue; // That of the list itself.
      }
    }
    assertFalse(links.isEmpty());
    return links;
  }
}
