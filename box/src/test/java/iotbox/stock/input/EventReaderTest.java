package iotbox.stock.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.stock.input.PlayedInputs.Played;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EventReaderTest {
  @TempDir private Path folder;
  private PlayedInputs machine;
  private Played one;
  private Played other;

  @BeforeEach
  void plug() throws IOException {
    machine = new PlayedInputs(folder);
    one = machine.plugUsb("1-1", "05e0:1200", "Symbol", "Scanner", 1);
    other = machine.plugUsb("1-2", "05e0:1200", "Symbol", "Scanner", 1);
  }

  @AfterEach
  void unplug() throws IOException {
    machine.close();
  }

  private EventReader open() throws IOException {
    return EventReader.open(List.of(one.pipe(), other.pipe()));
  }

  @Test
  void theEventsOfAllFilesAreRead() throws Exception {
    try (EventReader reader = open()) {
      one.type("a");
      assertEquals(List.of(30), pressed(reader.read(null)));
      other.type("b");
      assertEquals(List.of(48), pressed(reader.read(null)));
      one.type("c");
      other.type("d");
      List<Integer> keys = new ArrayList<>();
      while (keys.size() < 2) {
        keys.addAll(pressed(reader.read(null)));
      }
      assertEquals(List.of(46, 32), keys);
      assertEquals(List.of(), reader.read(Duration.ofMillis(1)), "in time");
    }
  }

  @Test
  void itIsWokenClosedAndInterrupted() throws Exception {
    EventReader reader = open();
    CompletableFuture<List<InputEvent>> woken = reading(reader);
    reader.wake();
    assertEquals(List.of(), woken.get(10, TimeUnit.SECONDS));

    CompletableFuture<List<InputEvent>> closed = reading(reader);
    reader.close();
    ExecutionException end =
        assertThrows(ExecutionException.class, () -> closed.get(10, TimeUnit.SECONDS));
    assertTrue(end.getCause() instanceof AsynchronousCloseException, end.toString());
    assertThrows(AsynchronousCloseException.class, () -> reader.read(null));
    reader.wake();
    reader.close();

    EventReader another = open();
    Thread.currentThread().interrupt();
    assertThrows(ClosedByInterruptException.class, () -> another.read(null));
    assertTrue(Thread.interrupted());
    assertFalse(another.isOpen());
  }

  @Test
  void whatWasTypedLastIsReadBeforeTheDeviceIsMissed() throws Exception {
    try (EventReader reader = open()) {
      one.type("a");
      one.unplug();
      assertEquals(List.of(30), pressed(reader.read(null)));
      assertThrows(DeviceGoneException.class, () -> reader.read(null));
    }
  }

  @Test
  void openFilesAreClosedHoweverItEnds() throws Exception {
    open().close(); // Loads what is loaded once.
    long before = openFiles();
    for (int i = 0; i < 20; i++) {
      open().close();
      EventReader interrupted = open();
      Thread.currentThread().interrupt();
      assertThrows(ClosedByInterruptException.class, () -> interrupted.read(null));
      assertTrue(Thread.interrupted());
      assertThrows(
          IOException.class,
          () -> EventReader.open(List.of(one.pipe(), folder.resolve("event99"))));
    }
    assertTrue(openFiles() < before + 20, "one of them is open still");
  }

  @Test
  void aPipeCannotBeGrabbed() throws Exception {
    try (EventReader reader = open()) {
      IOException refusal = assertThrows(IOException.class, () -> reader.grab(true));
      assertTrue(refusal.getMessage().contains("ioctl"), refusal.getMessage());
    }
  }

  @Test
  void eventsOf32BitSystemsAreUnderstood() {
    ByteBuffer event = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
    event.putInt(0xf0000000).putInt(999_999).putShort((short) 1).putShort((short) 30).putInt(1);
    EventDecoder decoder = new EventDecoder(4);
    assertEquals(List.of(), decoder.take(event.array(), 15));
    byte[] last = {event.array()[15]};
    assertEquals(
        List.of(new InputEvent(1, 30, 1, 0xf0000000L * 1_000_000 + 999_999)),
        decoder.take(last, 1));
  }

  private static List<Integer> pressed(List<InputEvent> events) {
    return events.stream().filter(InputEvent::pressed).map(InputEvent::code).toList();
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }

  private static CompletableFuture<List<InputEvent>> reading(EventReader reader) {
    CompletableFuture<List<InputEvent>> answer = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                answer.complete(reader.read(null));
              } catch (IOException e) {
                answer.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return answer;
  }
}
