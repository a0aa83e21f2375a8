package iotbox.stock.printer.ipp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.stock.printer.PrintJob;
import iotbox.stock.printer.PrintOutcome;
import iotbox.stock.printer.PrintOutcome.Fate;
import iotbox.stock.printer.PrinterTrouble;
import iotbox.stock.printer.real.IppPrinter;
import iotbox.stock.printer.real.LoopbackNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prints on CUPS' own {@code ippeveprinter}. */
class IppPortTest {
  private static final Patience SHORT =
      new Patience(Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofSeconds(1));
  private static final byte[] PDF =
      ("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
              + "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
              + "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\n"
              + "trailer<</Root 1 0 R>>\n%%EOF\n")
          .getBytes(UTF_8);

  @TempDir private static Path folder;
  private static LoopbackNetwork network;
  private static IppClient client;

  @BeforeAll
  static void begin() {
    network = LoopbackNetwork.start(folder);
    client = new IppClient();
  }

  @AfterAll
  static void end() {
    if (client != null) {
      client.close();
      network.close();
    }
  }

  @Test
  void aPdfIsTakenAndFollowedToItsEnd() throws Exception {
    try (IppPrinter printer = printer("true")) {
      PrintOutcome outcome = new IppPort(client, printer.uri()).print(pdf());

      assertEquals(PrintOutcome.PRINTED, outcome);
      Path document = printer.documents().get(0);
      assertTrue(document.toString().endsWith(".pdf"), document.toString());
      assertArrayEquals(PDF, Files.readAllBytes(document));
      assertFalse(new IppPort(client, printer.uri()).raw());
    }
  }

  @Test
  void aPrinterThatWantsEncryptionGetsIt() throws Exception {
    try (IppPrinter printer = printer("true")) {
      assertEquals(PrintOutcome.PRINTED, new IppPort(client, printer.encrypted()).print(pdf()));
    }
  }

  @Test
  void paperThatEndsMeanwhileIsToldAndTheDocumentStays() throws Exception {
    try (IppPrinter printer = printer("echo STATE: +media-empty-error >&2; exec sleep 20")) {
      PrintOutcome outcome = new IppPort(client, printer.uri(), SHORT).print(pdf());

      assertEquals(PrinterTrouble.ERROR_NO_PAPER, outcome.trouble());
      assertEquals(Fate.UNKNOWN, outcome.fate());
      assertTrue(outcome.sentence().contains("cancel it there"), outcome.sentence());
    }
  }

  @Test
  void littlePaperIsAWarning() throws Exception {
    try (IppPrinter printer = printer("echo STATE: +media-low-warning >&2")) {
      PrintOutcome outcome = new IppPort(client, printer.uri()).print(pdf());

      assertEquals(Fate.PRINTED, outcome.fate());
      assertEquals(PrinterTrouble.WARNING_LOW_PAPER, outcome.trouble());
    }
  }

  @Test
  void aReceiptThatCannotBePrintedIsTakenBack() throws Exception {
    try (IppPrinter printer = printer("echo STATE: +media-empty-error >&2; exec sleep 20")) {
      PrintOutcome outcome =
          new IppPort(client, printer.uri(), SHORT)
              .print(PrintJob.of("Receipt", PrintJob.Format.RAW, PDF));

      assertEquals(PrinterTrouble.ERROR_NO_PAPER, outcome.trouble());
      assertEquals(Fate.UNKNOWN, outcome.fate());
      await().until(() -> printer.log().contains("Cancel-Job successful-ok"));
    }
  }

  @Test
  void anOpenCoverIsToldAsOffline() throws Exception {
    try (IppPrinter printer = printer("echo STATE: +cover-open-error >&2; exec sleep 20")) {
      PrintOutcome outcome = new IppPort(client, printer.uri(), SHORT).print(pdf());

      assertEquals(PrinterTrouble.ERROR_OFFLINE, outcome.trouble());
    }
  }

  @Test
  void aJobThatThePrinterGivesUpHasFailed() throws Exception {
    try (IppPrinter printer = printer("exit 1")) {
      PrintOutcome outcome = new IppPort(client, printer.uri()).print(pdf());

      assertEquals(PrinterTrouble.ERROR_FAILED, outcome.trouble());
    }
  }

  @Test
  void whatTakesTooLongIsReportedAsUnknown() throws Exception {
    try (IppPrinter printer = printer("exec sleep 20")) {
      PrintOutcome outcome = new IppPort(client, printer.uri(), SHORT).print(pdf());

      assertEquals(PrinterTrouble.ERROR_TIMEOUT, outcome.trouble());
      assertEquals(Fate.UNKNOWN, outcome.fate());
    }
  }

  @Test
  void aFormatThatThePrinterDoesNotKnowIsNotPrinted() throws Exception {
    try (IppPrinter printer =
        IppPrinter.start(network, folder, "Raster", "-f", "image/pwg-raster")) {
      PrintOutcome outcome = new IppPort(client, printer.uri()).print(pdf());

      assertEquals(PrinterTrouble.ERROR_FAILED, outcome.trouble());
      assertEquals(Fate.NOT_PRINTED, outcome.fate());
      assertTrue(outcome.sentence().contains("CUPS"), outcome.sentence());
    }
  }

  @Test
  void aPrinterThatIsSwitchedOffCannotBeReached() throws Exception {
    IppPrinter printer = printer("true");
    printer.close();

    PrintOutcome outcome = new IppPort(client, printer.uri()).print(pdf());

    assertEquals(PrinterTrouble.ERROR_UNREACHABLE, outcome.trouble());
    assertEquals(Fate.NOT_PRINTED, outcome.fate());
  }

  @Test
  void whoeverWaitsForAPrinterCanBeInterrupted() throws Exception {
    try (IppPrinter printer = printer("exec sleep 20")) {
      CompletableFuture<Object> ended = new CompletableFuture<>();
      Thread printing =
          new Thread(
              () -> {
                try {
                  ended.complete(new IppPort(client, printer.uri()).print(pdf()));
                } catch (InterruptedException e) {
                  ended.complete("interrupted");
                }
              });
      printing.start();
      await().until(() -> !printer.documents().isEmpty());
      printing.interrupt();

      assertEquals("interrupted", ended.get(5, TimeUnit.SECONDS));
    }
  }

  @Test
  void documentsAreRecognisedByTheirBeginning() {
    assertEquals("application/pdf", format(PrintJob.Format.DOCUMENT, "%PDF-1.7"));
    assertEquals("image/jpeg", format(PrintJob.Format.DOCUMENT, "\u00ff\u00d8\u00ff\u00e0"));
    assertEquals("image/png", format(PrintJob.Format.DOCUMENT, "\u0089PNG\r\n"));
    assertEquals("application/octet-stream", format(PrintJob.Format.DOCUMENT, ""));
    assertEquals("application/octet-stream", format(PrintJob.Format.RAW, "%PDF"));
    assertEquals("text/plain;charset=utf-8", format(PrintJob.Format.TEXT, "%PDF"));
    assertEquals(
        "application/vnd.cups-raw", DocumentFormat.of(PrintJob.Format.RAW, new byte[0], true));
  }

  private static String format(PrintJob.Format format, String beginning) {
    return DocumentFormat.of(
        format, beginning.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), false);
  }

  private static PrintJob pdf() {
    return PrintJob.of("An order", PrintJob.Format.DOCUMENT, PDF);
  }

  /** One that does this with each document. */
  private static IppPrinter printer(String command) throws Exception {
    Path script = Files.createTempFile(folder, "print", ".sh");
    Files.writeString(script, "#!/bin/sh\n" + command + "\n");
    script.toFile().setExecutable(true);
    return IppPrinter.start(
        network,
        folder,
        "Desk " + script.getFileName(),
        "-f",
        "application/pdf,application/octet-stream",
        "-c",
        script.toString());
  }
}
