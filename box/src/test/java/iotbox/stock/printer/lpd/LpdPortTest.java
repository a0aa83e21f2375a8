package iotbox.stock.printer.lpd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.stock.printer.PrintJob;
import iotbox.stock.printer.PrintOutcome;
import iotbox.stock.printer.PrintOutcome.Fate;
import iotbox.stock.printer.PrinterTrouble;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Prints at a daemon that keeps to RFC 1179, and at some that do not. */
class LpdPortTest {
  private static final byte[] RECEIPT = new byte[100_000];

  static {
    for (int i = 0; i < RECEIPT.length; i++) {
      RECEIPT[i] = (byte) (i * 7);
    }
  }

  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private LpdPort port() {
    URI uri = URI.create("lpd://127.0.0.1:" + server.getLocalPort() + "/raw_1");
    return new LpdPort(uri, Duration.ofSeconds(1));
  }

  private static PrintJob job() {
    return PrintJob.of("Two\ncoffees", PrintJob.Format.RAW, RECEIPT);
  }

  /** A daemon's work with one connection. */
  private interface Daemon {
    void serve(DataInputStream in, Socket socket) throws IOException;
  }

  private CompletableFuture<Void> serving(Daemon daemon) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try (Socket socket = server.accept()) {
                daemon.serve(new DataInputStream(socket.getInputStream()), socket);
                done.complete(null);
              } catch (IOException e) {
                done.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return done;
  }

  /** What a daemon got. */
  private static final class Spool {
    private final List<String> commands = new ArrayList<>();
    private String control;
    private byte[] data;

    /** Answers each command with the next of these numbers, the last for all others. */
    void take(DataInputStream in, Socket socket, int... answers) throws IOException {
      for (int step = 0; step < 5; step++) {
        int answer = answers[Math.min(step, answers.length - 1)];
        if (step == 2 || step == 4) {
          byte[] file = new byte[length(commands.get(commands.size() - 1))];
          in.readFully(file);
          assertEquals(0, in.read());
          if (step == 2) {
            control = new String(file, UTF_8);
          } else {
            data = file;
          }
        } else {
          commands.add(line(in));
        }
        if (answer < 0) {
          return;
        }
        socket.getOutputStream().write(answer);
        if (answer > 0) {
          return;
        }
      }
    }

    private static int length(String command) {
      return Integer.parseInt(command.substring(1, command.indexOf(' ')));
    }

    private static String line(DataInputStream in) throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        line.append((char) c);
      }
      return line.toString();
    }
  }

  @Test
  void aJobArrivesWithAllOfItsBytes() throws Exception {
    Spool spool = new Spool();
    CompletableFuture<Void> done = serving((in, socket) -> spool.take(in, socket, 0));

    assertEquals(PrintOutcome.PRINTED, port().print(job()));

    done.get(5, TimeUnit.SECONDS);
    assertEquals("\2raw_1", spool.commands.get(0));
    assertTrue(spool.commands.get(1).matches("\2\\d+ cfA001iotbox"), spool.commands.get(1));
    assertEquals("\003100000 dfA001iotbox", spool.commands.get(2));
    assertArrayEquals(RECEIPT, spool.data);
    List<String> control = List.of(spool.control.split("\n"));
    assertTrue(control.contains("JTwo coffees"), spool.control);
    assertTrue(control.contains("ldfA001iotbox"), spool.control);
    assertTrue(control.contains("UdfA001iotbox"), spool.control);
  }

  @Test
  void aQueueThatIsNotThereIsSaidToBeAndNothingIsSent() throws Exception {
    Spool spool = new Spool();
    CompletableFuture<Void> done = serving((in, socket) -> spool.take(in, socket, 1));

    PrintOutcome outcome = port().print(job());

    done.get(5, TimeUnit.SECONDS);
    assertEquals(Fate.NOT_PRINTED, outcome.fate());
    assertEquals(PrinterTrouble.ERROR_FAILED, outcome.trouble());
    assertTrue(outcome.sentence().contains("\"raw_1\""), outcome.sentence());
  }

  @Test
  void aDaemonThatIsSilentBeforeTheDataHasPrintedNothing() throws Exception {
    CompletableFuture<Void> hold = new CompletableFuture<>();
    serving(
        (in, socket) -> {
          new Spool().take(in, socket, 0, -1);
          hold.join();
        });

    PrintOutcome outcome = port().print(job());
    hold.complete(null);

    assertEquals(Fate.NOT_PRINTED, outcome.fate());
    assertEquals(PrinterTrouble.ERROR_TIMEOUT, outcome.trouble());
  }

  @Test
  void whatIsNotConfirmedMayHaveBeenPrinted() throws Exception {
    serving((in, socket) -> new Spool().take(in, socket, 0, 0, 0, 0, -1));

    PrintOutcome outcome = port().print(job());

    assertEquals(Fate.UNKNOWN, outcome.fate());
    assertTrue(outcome.sentence().contains("Look what it has printed"), outcome.sentence());
  }

  @Test
  void whatIsRefusedAtTheEndMayHaveBeenPrinted() throws Exception {
    serving((in, socket) -> new Spool().take(in, socket, 0, 0, 0, 0, 2));

    PrintOutcome outcome = port().print(job());

    assertEquals(Fate.UNKNOWN, outcome.fate());
    assertEquals(PrinterTrouble.ERROR_FAILED, outcome.trouble());
  }

  @Test
  void aPrinterThatIsOffPrintsNothing() throws Exception {
    LpdPort port = port();
    server.close();

    PrintOutcome outcome = port.print(job());

    assertEquals(Fate.NOT_PRINTED, outcome.fate());
    assertEquals(PrinterTrouble.ERROR_UNREACHABLE, outcome.trouble());
    assertEquals(PrinterTrouble.ERROR_UNREACHABLE, port.look().trouble());
  }

  @Test
  void aDaemonThatListensCouldPrint() throws Exception {
    assertEquals(PrintOutcome.PRINTED, port().look());
  }
}
