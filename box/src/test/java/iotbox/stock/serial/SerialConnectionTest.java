package iotbox.stock.serial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class SerialConnectionTest {
  private static final SerialSettings SETTINGS = SerialSettings.of(9600);
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(50);

  @TempDir Path folder;
  private PtyPair pty;
  private RandomAccessFile device;

  @BeforeEach
  void plug() throws Exception {
    pty = new PtyPair(folder);
    device = new RandomAccessFile(pty.device(), "rw");
  }

  @AfterEach
  void unplug() throws Exception {
    pty.close();
    device.close();
  }

  @Test
  void theTerminatorEndsTheReadAtOnce() throws Exception {
    try (SerialConnection connection = SerialConnection.open(pty.box(), SETTINGS)) {
      device.write(latin("1.5\r2.5\rrest"));
      long start = System.nanoTime();
      assertArrayEquals(latin("1.5\r"), connection.readUntil('\r', LONG));
      assertArrayEquals(latin("2.5\r"), connection.readUntil('\r', LONG));
      assertTrue(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) < 5);
      AnswerException e =
          assertThrows(AnswerException.class, () -> connection.readUntil('\r', SHORT));
      assertEquals(pty.box() + " did not finish its answer \"rest\" in time", e.getMessage());
      device.write(latin("ed\r"));
      assertArrayEquals(latin("rested\r"), connection.readUntil('\r', LONG));
    }
  }

  @Test
  void whatIsWrittenArrives() throws Exception {
    try (SerialConnection connection = SerialConnection.open(pty.box(), SETTINGS)) {
      connection.write("hé");
      assertEquals('h', device.read());
      assertEquals(0xe9, device.read());
    }
  }

  @Test
  void countedBytesNeedNoTerminator() throws Exception {
    try (SerialConnection connection = SerialConnection.open(pty.box(), SETTINGS)) {
      device.write(latin("abcdef"));
      assertArrayEquals(latin("abcd"), connection.read(4, LONG));
      assertArrayEquals(latin("ef"), connection.read(2, LONG));
    }
  }

  @Test
  void discardedInputIsNotRead() throws Exception {
    try (SerialConnection connection = SerialConnection.open(pty.box(), SETTINGS)) {
      device.write(latin("late\rvery late\r"));
      assertArrayEquals(latin("late\r"), connection.readUntil('\r', LONG));
      assertThrows(AnswerException.class, () -> connection.read(100, SHORT));
      connection.discardInput();
      assertThrows(AnswerException.class, () -> connection.readUntil('\r', SHORT));
    }
  }

  @Test
  void parityBitsAreNoDataWithSevenDataBits() throws Exception {
    SerialSettings seven = SerialSettings.of(9600, 7, SerialSettings.Parity.EVEN, 1);
    try (SerialConnection connection = SerialConnection.open(pty.box(), seven)) {
      device.write(new byte[] {(byte) 0xb1, (byte) 0x8d});
      assertArrayEquals(latin("1\r"), connection.readUntil('\r', LONG));
    }
  }

  @Test
  void silenceIsNotALostPort() throws Exception {
    try (SerialConnection connection = SerialConnection.open(pty.box(), SETTINGS)) {
      assertThrows(AnswerException.class, () -> connection.read(1, SHORT));
      device.write('x');
      assertEquals('x', connection.read(1, LONG)[0]);
    }
  }

  @Test
  void aTalkerWithoutEndIsCutOff() throws Exception {
    try (SerialConnection connection = SerialConnection.open(pty.box(), SETTINGS)) {
      CompletableFuture<Void> talk = CompletableFuture.runAsync(this::talk);
      AnswerException e =
          assertThrows(AnswerException.class, () -> connection.readUntil('\r', LONG));
      assertTrue(e.getMessage().contains("sends without end"), e.getMessage());
      talk.cancel(true);
    }
  }

  @Test
  void aPulledPlugEndsAReadLongBeforeItsDeadline() throws Exception {
    try (SerialConnection connection = SerialConnection.open(pty.box(), SETTINGS)) {
      CompletableFuture<byte[]> read = readInBackground(connection);
      pty.unplug();
      IOException e = cause(IOException.class, read);
      assertEquals(pty.box() + " is gone: plug the device in again", e.getMessage());
      assertThrows(IOException.class, connection::check);
      assertThrows(IOException.class, () -> connection.write("W"));
    }
  }

  @Test
  void stoppingEndsAReadOfAnotherThread() throws Exception {
    try (SerialConnection connection = SerialConnection.open(pty.box(), SETTINGS)) {
      CompletableFuture<byte[]> read = readInBackground(connection);
      connection.stop();
      assertEquals(pty.box() + " was closed", cause(IOException.class, read).getMessage());
    }
  }

  @Test
  void interruptionEndsARead() throws Exception {
    try (SerialConnection connection = SerialConnection.open(pty.box(), SETTINGS)) {
      Thread.currentThread().interrupt();
      assertThrows(InterruptedException.class, () -> connection.read(1, LONG));
    }
  }

  @Test
  void aPortBelongsToOneAtATime() throws Exception {
    try (SerialConnection first = SerialConnection.open(pty.box(), SETTINGS)) {
      IOException e =
          assertThrows(IOException.class, () -> SerialConnection.open(pty.box(), SETTINGS));
      assertEquals(
          pty.box() + " cannot be opened: another program may be using it", e.getMessage());
      assertEquals(pty.box(), first.path());
    }
    SerialConnection.open(pty.box(), SETTINGS).close();
  }

  @Test
  void aMissingPortIsNamed() {
    String path = folder.resolve("none").toString();
    IOException e = assertThrows(IOException.class, () -> SerialConnection.open(path, SETTINGS));
    assertEquals(path + " is not there: plug the device in, or correct the path", e.getMessage());
  }

  private void talk() {
    try {
      byte[] noise = new byte[512];
      while (true) {
        device.write(noise);
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private static CompletableFuture<byte[]> readInBackground(SerialConnection connection) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return connection.read(1, Duration.ofMinutes(10));
          } catch (IOException | InterruptedException e) {
            throw new java.util.concurrent.CompletionException(e);
          }
        });
  }

  private static <T> T cause(Class<T> type, CompletableFuture<?> future) {
    return type.cast(assertThrows(ExecutionException.class, future::get).getCause());
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
