package iotbox.stock.printer.found;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.handler.Device;
import iotbox.stock.place.PlaceMemory;
import iotbox.stock.printer.PrintJob;
import iotbox.stock.printer.PrintOutcome;
import iotbox.stock.printer.PrintOutcome.Fate;
import iotbox.stock.printer.PrinterPort;
import iotbox.stock.printer.PrinterTrouble;
import iotbox.stock.printer.real.PrivateCups;
import iotbox.stock.setting.Settings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finds the queues of a real CUPS, and prints through them. */
class CupsFinderTest {
  private static final byte[] RECEIPT = "\u001b@Two coffees\n\u001dV\u0000".getBytes(UTF_8);

  @TempDir private static Path folder;
  private static PrivateCups cups;

  private final Settings settings = Settings.passing();
  private PrinterInterface printers;

  @BeforeAll
  static void begin() {
    cups = PrivateCups.start(folder);
  }

  @AfterAll
  static void end() {
    cups.close();
  }

  @BeforeEach
  void look() {
    printers = lookingAt(URI.create("ipp://127.0.0.1:" + cups.port() + "/"));
  }

  @AfterEach
  void close() {
    printers.close();
  }

  private PrinterInterface lookingAt(URI server, String... given) {
    return new PrinterInterface(
        new PrinterSearch(
            List.of(given).stream().map(GivenPrinter::parse).toList(), Set.of(Way.CUPS), server),
        PlaceMemory.passing(),
        PlaceMemory.passing(),
        settings,
        () -> null);
  }

  @Test
  void aQueueIsThereSoonUnderItsNameAndGoesWithIt() throws Exception {
    await().until(() -> !printers.getDevices().containsKey("Kitchen"));
    cups.queue("Kitchen", "socket://127.0.0.1:9");

    Device kitchen = find("Kitchen");

    assertEquals("Kitchen", kitchen.get("name"));
    assertEquals("network", kitchen.get("connection"));
    assertEquals(List.of("cups"), kitchen.get("found_by"));
    assertEquals("office_printer", kitchen.get("kind"));
    assertTrue(kitchen.getString("uri").endsWith("/printers/Kitchen"), kitchen.getString("uri"));

    cups.tool("lpadmin", "-x", "Kitchen");
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> !printers.getDevices().containsKey("Kitchen"));
  }

  @Test
  void bytesForAReceiptPrinterReachItUnchangedThroughItsQueue() throws Exception {
    try (ServerSocket sink = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      cups.queue("Bar", "socket://127.0.0.1:" + sink.getLocalPort());
      PrinterPort port = (PrinterPort) find("Bar").nativeObject();
      assertTrue(port.raw());
      CompletableFuture<byte[]> got = received(sink);

      PrintOutcome outcome = port.print(PrintJob.of("Receipt", PrintJob.Format.RAW, RECEIPT));

      assertEquals(PrintOutcome.PRINTED, outcome, cups.log());
      assertArrayEquals(RECEIPT, got.get(5, TimeUnit.SECONDS));
    }
  }

  @Test
  void aReceiptPrinterIsReachedWithoutItsQueueOnceItIsKnownToBeOne() throws Exception {
    cups.queue("Till", "socket://127.0.0.1:9199");
    find("Till");
    settings.keep("Till", Map.of("kind", "receipt_printer"));

    Device till = printers.getDevices().get("Till");

    assertEquals("socket://127.0.0.1:9199", till.get("uri"));
  }

  @Test
  void aPausedQueueGetsNothing() throws Exception {
    cups.queue("Paused", "socket://127.0.0.1:9");
    PrinterPort port = (PrinterPort) find("Paused").nativeObject();
    cups.tool("cupsdisable", "Paused");

    PrintOutcome outcome = port.print(PrintJob.of("Receipt", PrintJob.Format.RAW, RECEIPT));

    assertEquals(PrinterTrouble.ERROR_OFFLINE, outcome.trouble());
    assertEquals(Fate.NOT_PRINTED, outcome.fate());
  }

  @Test
  void aQueueThatRejectsJobsSaysSo() throws Exception {
    cups.queue("Rejecting", "socket://127.0.0.1:9");
    PrinterPort port = (PrinterPort) find("Rejecting").nativeObject();
    cups.tool("cupsreject", "Rejecting");

    PrintOutcome outcome = port.print(PrintJob.of("Receipt", PrintJob.Format.RAW, RECEIPT));

    assertEquals(PrinterTrouble.ERROR_OFFLINE, outcome.trouble());
    assertTrue(outcome.sentence().contains("takes no jobs"), outcome.sentence());
  }

  @Test
  void aQueueWithAnAddressThatIsNoneHidesNoOther() {
    cups.queue("Beside", "socket://127.0.0.1:9");
    cups.queue("Odd", "socket://127.0.0.1:9/a|b{c");
    try {
      assertEquals(List.of("cups"), find("Odd").get("found_by"));
      assertEquals(List.of("cups"), find("Beside").get("found_by"));
    } finally {
      cups.tool("lpadmin", "-x", "Odd");
    }
  }

  @Test
  void aPrinterThatIsGivenAndHasAQueueIsOne() throws Exception {
    cups.queue("Office", "socket://127.0.0.1:9198");
    URI server = URI.create("ipp://127.0.0.1:" + cups.port() + "/");
    PrinterInterface both = lookingAt(server, "Mine=socket://127.0.0.1:9198");

    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              Device mine = both.getDevices().get("Mine");
              return mine != null && List.of("given", "cups").equals(mine.get("found_by"));
            });

    assertFalse(both.getDevices().containsKey("Office"));
    assertEquals("socket://127.0.0.1:9198", both.getDevices().get("Mine").get("uri"));
    both.close();
  }

  @Test
  void whereNoCupsIsNobodyWaitsForIt() {
    PrinterInterface alone =
        lookingAt(URI.create("ipp://127.0.0.1:9/"), "Mine=socket://127.0.0.1:9198");

    long start = System.nanoTime();
    assertEquals(Set.of("Mine"), alone.getDevices().keySet());
    assertTrue(System.nanoTime() - start < 2_000_000_000L);
    alone.close();
  }

  @Test
  void aCupsThatHangsKeepsTheOthersForAMomentOnly() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      PrinterInterface beside =
          lookingAt(
              URI.create("ipp://127.0.0.1:" + silent.getLocalPort() + "/"),
              "Mine=socket://127.0.0.1:9198");
      long start = System.nanoTime();
      assertEquals(Set.of("Mine"), beside.getDevices().keySet());
      assertTrue(System.nanoTime() - start < 2_000_000_000L);
      beside.close();
    }
  }

  @Test
  void aCupsThatIsDeadHasTheQueuesThatItHad() throws Exception {
    cups.queue("Lasting", "socket://127.0.0.1:9");
    find("Lasting");
    cups.stop();
    try {
      for (int i = 0; i < 30; i++) {
        assertTrue(printers.getDevices().containsKey("Lasting"));
        Thread.sleep(100);
      }
    } finally {
      cups.start();
    }
  }

  private Device find(String name) {
    return await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> printers.getDevices().get(name), device -> device != null);
  }

  private static CompletableFuture<byte[]> received(ServerSocket sink) {
    CompletableFuture<byte[]> received = new CompletableFuture<>();
    Thread taking =
        new Thread(
            () -> {
              try (Socket socket = sink.accept()) {
                received.complete(socket.getInputStream().readAllBytes());
              } catch (java.io.IOException e) {
                received.completeExceptionally(e);
              }
            });
    taking.setDaemon(true);
    taking.start();
    return received;
  }
}
