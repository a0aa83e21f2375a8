package iotbox.stock.printer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.stock.serial.PtyPair;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A printer at a device file: here a pseudo terminal, which blocks like one. */
class DeviceFileTest {
  private static final byte[] PICTURE = Pictures.png(Pictures.noise(300, 100, 1));
  private static final byte[] LONG = Pictures.png(Pictures.noise(576, 3_000, 1));

  @TempDir Path folder;

  /** Takes what comes from the file and prints it; answers DLE EOT where it shall. */
  private static final class FilePrinter implements AutoCloseable {
    final Paper paper = new Paper();
    private final RandomAccessFile end;
    private final boolean answers;
    private volatile String fault;

    FilePrinter(String path, boolean answers) throws IOException {
      this.end = new RandomAccessFile(path, "rw");
      this.answers = answers;
      PipedInputStream buffer = new PipedInputStream(1 << 20);
      PipedOutputStream filled = new PipedOutputStream(buffer);
      start(() -> new EscPosPaper(buffer, paper, () -> {}, what -> answer(0)).print());
      start(() -> receive(filled));
    }

    private interface Work {
      void run() throws IOException;
    }

    private void start(Work work) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  work.run();
                } catch (IOException e) {
                  fault = e.toString();
                }
              });
      thread.setDaemon(true);
      thread.start();
    }

    private void receive(PipedOutputStream filled) throws IOException {
      int before = 0;
      int last = 0;
      BufferedOutputStream gathered = new BufferedOutputStream(filled);
      while (true) {
        int next = end.read();
        if (next < 0) {
          return;
        }
        if (before == 0x10 && last == 0x04 && next >= 1 && next <= 4) {
          answer(0x12);
        }
        before = last;
        last = next;
        gathered.write(next);
        gathered.flush();
      }
    }

    private void answer(int value) {
      try {
        if (answers) {
          end.write(value);
        }
      } catch (IOException e) {
        fault = e.toString();
      }
    }

    @Override
    public void close() throws IOException {
      end.close();
    }
  }

  @Test
  void printsAndHearsTheAnswers() throws Exception {
    for (boolean answers : new boolean[] {true, false}) {
      Path place = Files.createDirectory(folder.resolve("answers-" + answers));
      try (PtyPair line = new PtyPair(place);
          FilePrinter printer = new FilePrinter(line.device(), answers);
          PrinterAtWork till = PrinterAtWork.receipts(RawPort.file(Path.of(line.box())))) {
        till.receipt(PICTURE, "s");
        till.receipt(PICTURE, "s");
        till.awaitEvent(2);
        await().until(() -> printer.paper.pieces().size() == 2);
        assertEquals(List.of("success", "success"), till.statuses());
        Pictures.assertShows(Pictures.read(PICTURE), printer.paper.pieces().get(1));
        assertEquals(null, printer.fault);
      }
    }
  }

  @Test
  void aPrinterThatTakesNothingIsGivenUp() throws Exception {
    try (PtyPair line = new PtyPair(folder);
        PrinterAtWork till =
            PrinterAtWork.receipts(
                RawPort.file(Path.of(line.box())).patient(Duration.ofMillis(700)))) {
      till.receipt(LONG, "s");
      Map<String, Object> event = till.awaitEvent(1);
      assertEquals("ERROR_TIMEOUT", event.get("message"), event.toString());
    }
  }

  @Test
  void aBlockedWriteEndsWhenThePrinterIsDisconnected() throws Exception {
    try (PtyPair line = new PtyPair(folder)) {
      PrinterAtWork till = PrinterAtWork.receipts(RawPort.file(Path.of(line.box())));
      till.receipt(LONG, "s");
      try (InputStream device = Files.newInputStream(Path.of(line.device()))) {
        for (int i = 0; i < 4_000; i++) {
          assertTrue(device.read() >= 0); // It is at it.
        }
      }
      long begun = System.nanoTime();
      till.close();
      assertTrue(System.nanoTime() - begun < 10_000_000_000L);
      assertFalse(till.isRunning());
      assertEquals("ERROR_UNKNOWN", till.events().get(0).get("message"));
    }
  }

  @Test
  void aPlainFileTakesAllJobs() throws Exception {
    Path file = Files.createFile(folder.resolve("printed"));
    try (PrinterAtWork till = PrinterAtWork.receipts(RawPort.file(file))) {
      till.receipt(PICTURE, "s");
      till.receipt(PICTURE, "s");
      till.awaitEvent(2);
      Paper paper = new Paper();
      try (InputStream printed = Files.newInputStream(file)) {
        new EscPosPaper(printed, paper, () -> {}, what -> {}).print();
      }
      assertEquals(2, paper.pieces().size());
    }
  }

  @Test
  void whatCannotBeOpenedIsToldWithWhatToDo() throws Exception {
    assertUnreachable(folder.resolve("none"), "there is no " + folder.resolve("none"));
    assertUnreachable(folder, "is a folder");
  }

  private static void assertUnreachable(Path path, String reason) throws Exception {
    try (PrinterAtWork till = PrinterAtWork.receipts(RawPort.file(path))) {
      till.receipt(PICTURE, "s");
      Map<String, Object> event = till.awaitEvent(1);
      assertEquals("ERROR_UNREACHABLE", event.get("message"));
      assertTrue(event.get("detail").toString().contains(reason), event.toString());
    }
  }
}
