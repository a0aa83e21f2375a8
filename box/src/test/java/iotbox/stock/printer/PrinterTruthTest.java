package iotbox.stock.printer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.handler.ActionFailedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is told of jobs is what happened to them. */
class PrinterTruthTest {
  private static final byte[] PICTURE = Pictures.png(Pictures.noise(576, 600, 1));
  private static final int LONG_ROWS = 20_000;
  private static final byte[] LONG = Pictures.png(Pictures.noise(576, LONG_ROWS, 2));

  @Test
  void anOpenCoverIsToldAndNothingIsPrinted() throws Exception {
    try (NetworkPrinter printer = NetworkPrinter.escPos();
        PrinterAtWork till = PrinterAtWork.receipts(printer)) {
      printer.cover(true);
      till.receipt(PICTURE, "s");
      assertTold(till.awaitEvent(1), "error", "ERROR_OFFLINE", "close it");
      assertEquals(0, printer.paper().rows());
      printer.cover(false);
      till.receipt(PICTURE, "s");
      assertEquals("success", till.awaitEvent(2).get("status"));
      assertEquals(1, printer.paper().pieces().size(), "the first one was not sent again");
    }
  }

  @Test
  void missingPaperIsToldAndLowPaperIsAWarning() throws Exception {
    try (NetworkPrinter printer = NetworkPrinter.escPos();
        PrinterAtWork till = PrinterAtWork.receipts(printer)) {
      printer.paperOut(true);
      till.receipt(PICTURE, "s");
      assertTold(till.awaitEvent(1), "error", "ERROR_NO_PAPER", "put in a new roll");
      printer.paperOut(false);
      printer.paperLow(true);
      till.receipt(PICTURE, "s");
      assertTold(till.awaitEvent(2), "warning", "WARNING_LOW_PAPER", "new roll");
      assertEquals("success", till.awaitEvent(3).get("status"));
      assertEquals(1, printer.paper().pieces().size());
    }
  }

  @Test
  void paperThatEndsInTheMiddleIsToldAndTheJobNotSentAgain() throws Exception {
    try (NetworkPrinter printer = NetworkPrinter.escPos();
        PrinterAtWork till = PrinterAtWork.receipts(printer)) {
      printer.paperEndsAfter(300);
      till.receipt(PICTURE, "s");
      assertTold(till.awaitEvent(1), "error", "ERROR_NO_PAPER", "Then look what it has printed");
      assertEquals(300, printer.paper().rows());
      printer.paperOut(false);
      await().until(() -> printer.paper().pieces().size() == 1);
      Pictures.assertShows(Pictures.read(PICTURE), printer.paper().pieces().get(0));
      assertEquals(1, till.events().size());
    }
  }

  @Test
  void successIsToldWhenThePaperIsOut() throws Exception {
    try (NetworkPrinter printer = NetworkPrinter.escPos();
        PrinterAtWork till = PrinterAtWork.receipts(printer)) {
      for (int i = 1; i <= 5; i++) {
        till.receipt(LONG, "s");
        assertEquals("success", till.awaitEvent(i).get("status"));
        assertEquals(i, printer.paper().pieces().size());
      }
    }
  }

  @Test
  void aPrinterThatDoesNotAnswerIsAskedOnce() throws Exception {
    try (NetworkPrinter printer = NetworkPrinter.escPos().mute();
        PrinterAtWork till = PrinterAtWork.receipts(printer)) {
      till.receipt(PICTURE, "s");
      till.receipt(PICTURE, "s");
      till.receipt(PICTURE, "s");
      till.awaitEvent(3);
      assertEquals(List.of("success", "success", "success"), till.statuses());
      assertEquals(1, printer.questions());
      assertEquals(3, printer.paper().pieces().size());
      assertEquals(List.of(), printer.faults());
    }
  }

  @Test
  void aPrinterThatKnowsOnlySomeQuestionsIsBelievedInThese() throws Exception {
    try (NetworkPrinter printer = NetworkPrinter.escPos().unmarked();
        PrinterAtWork till = PrinterAtWork.receipts(printer)) {
      till.receipt(PICTURE, "s");
      assertEquals("success", till.awaitEvent(1).get("status"));
      await().until(() -> printer.paper().pieces().size() == 1); // It cannot tell when.
      printer.cover(true);
      till.receipt(PICTURE, "s");
      assertTold(till.awaitEvent(2), "error", "ERROR_OFFLINE", "close it");
    }
  }

  @Test
  void aPrinterThatIsNotThereIsUnreachable() throws Exception {
    int nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = free.getLocalPort();
    }
    try (PrinterAtWork till = PrinterAtWork.receipts(RawPort.socket("127.0.0.1", nobody))) {
      till.receipt(PICTURE, "s");
      assertTold(till.awaitEvent(1), "error", "ERROR_UNREACHABLE", "cannot be reached");
      till.act(Map.of("action", "check"), "s");
      assertTold(till.awaitEvent(2), "error", "ERROR_UNREACHABLE", "cannot be reached");
    }
    try (PrinterAtWork till = PrinterAtWork.receipts(RawPort.socket("no.such.host.invalid", 1))) {
      till.receipt(PICTURE, "s");
      assertTold(till.awaitEvent(1), "error", "ERROR_UNREACHABLE", "no.such.host.invalid");
    }
  }

  @Test
  void aConnectionThatIsLostBeforeTheFirstByteIsTriedOnceMore() throws Exception {
    try (NetworkPrinter printer = NetworkPrinter.escPos();
        PrinterAtWork till = PrinterAtWork.receipts(printer)) {
      printer.hangUpAtOnce(1);
      till.receipt(PICTURE, "s");
      assertEquals("success", till.awaitEvent(1).get("status"));
      assertEquals(1, printer.paper().pieces().size());
      printer.hangUpAtOnce(1_000);
      till.receipt(PICTURE, "s");
      assertTold(till.awaitEvent(2), "error", "ERROR_UNREACHABLE", "cannot be reached");
      assertEquals(1, printer.paper().pieces().size());
    }
  }

  @Test
  void aConnectionThatIsLostInTheMiddleIsToldAndTheJobNotSentAgain() throws Exception {
    for (boolean mute : new boolean[] {false, true}) {
      try (NetworkPrinter printer =
              mute ? NetworkPrinter.escPos().mute() : NetworkPrinter.escPos();
          PrinterAtWork till = PrinterAtWork.receipts(printer)) {
        till.receipt(PICTURE, "s");
        till.awaitEvent(1);
        int before = printer.connections();
        printer.hangUpAfter(100_000);
        till.receipt(LONG, "s");
        assertTold(till.awaitEvent(2), "error", "ERROR_UNKNOWN", "Look what it has printed");
        till.receipt(PICTURE, "s");
        assertEquals("success", till.awaitEvent(3).get("status"));
        assertEquals(before + 2, printer.connections(), "it was not sent again");
      }
    }
  }

  @Test
  void aPrinterThatTakesNothingIsGivenUpAndBlocksNobodyElse() throws Exception {
    try (NetworkPrinter blocked = NetworkPrinter.escPos().mute();
        NetworkPrinter other = NetworkPrinter.escPos();
        PrinterAtWork till =
            PrinterAtWork.receipts(
                RawPort.socket("127.0.0.1", blocked.port()).patient(Duration.ofSeconds(1)));
        PrinterAtWork bar = PrinterAtWork.receipts(other)) {
      till.receipt(PICTURE, "s");
      till.awaitEvent(1);
      blocked.deaf(true);
      till.receipt(LONG, "s");
      bar.receipt(PICTURE, "s");
      assertEquals("success", bar.awaitEvent(1).get("status"));
      assertTold(till.awaitEvent(2), "error", "ERROR_TIMEOUT", "Look what it has printed");
    }
  }

  @Test
  void jobsArePrintedInOrderAndEachHearsOfItsOwn() throws Exception {
    try (NetworkPrinter printer = NetworkPrinter.escPos();
        NetworkPrinter other = NetworkPrinter.escPos();
        PrinterAtWork till = PrinterAtWork.receipts(printer);
        PrinterAtWork bar = PrinterAtWork.receipts(other)) {
      for (int i = 1; i <= 10; i++) {
        for (PrinterAtWork each : List.of(till, bar)) {
          each.act(
              Map.of(
                  "action",
                  "print_receipt",
                  "receipt",
                  PrinterAtWork.base64(Pictures.png(Pictures.noise(64, 10 * i, i))),
                  "print_id",
                  i,
                  "action_unique_id",
                  "id" + i),
              "session" + i);
        }
      }
      for (PrinterAtWork each : List.of(till, bar)) {
        each.awaitEvent(10);
        for (int i = 1; i <= 10; i++) {
          Map<String, Object> event = each.events().get(i - 1);
          assertEquals("session" + i, event.get("owner"));
          assertEquals(i, event.get("print_id"));
          assertEquals("id" + i, event.get("action_unique_id"));
        }
      }
      for (NetworkPrinter each : List.of(printer, other)) {
        assertEquals(
            List.of(10, 20, 30, 40, 50, 60, 70, 80, 90, 100),
            each.paper().pieces().stream().map(piece -> piece.rows().size()).toList());
      }
    }
  }

  @Test
  void tooManyJobsAreRefusedAndTheOthersPrinted() throws Exception {
    try (NetworkPrinter printer = NetworkPrinter.escPos().mute();
        PrinterAtWork till = PrinterAtWork.receipts(printer)) {
      printer.deaf(true);
      String refusal = null;
      int taken = 0;
      while (refusal == null && taken < 1000) {
        try {
          till.act(Map.of("action", "cashbox"), "s");
          taken++;
        } catch (ActionFailedException e) {
          assertInstanceOf(IllegalStateException.class, e.getCause());
          refusal = e.getMessage();
        }
      }
      assertTrue(refusal.contains("100 jobs waiting"), refusal);
      printer.deaf(false);
      till.awaitEvent(taken);
      assertEquals(2 * taken, printer.paper().pulses().size());
    }
  }

  @Test
  void waitingJobsTakeNoMoreThanSoMuchMemory() throws Exception {
    try (NetworkPrinter printer = NetworkPrinter.escPos().mute();
        PrinterAtWork till = PrinterAtWork.receipts(printer)) {
      printer.deaf(true);
      String document = PrinterAtWork.base64(new byte[10 << 20]);
      till.act(Map.of("document", document), "s");
      await().until(() -> printer.connections() == 1);
      till.act(Map.of("document", document), "s");
      till.act(Map.of("document", document), "s");
      ActionFailedException full =
          till.failure(IllegalStateException.class, Map.of("document", document), "s");
      assertTrue(full.getMessage().contains("2 jobs waiting"), full.getMessage());
    }
  }

  @Test
  void whoWaitsHearsThatThePrinterIsGone() throws Exception {
    NetworkPrinter printer = NetworkPrinter.escPos().mute();
    PrinterAtWork till = PrinterAtWork.receipts(printer);
    try (printer) {
      printer.deaf(true);
      till.receipt(LONG, "first");
      await().until(() -> printer.connections() == 1);
      till.receipt(PICTURE, "second");
      long begun = System.nanoTime();
      till.close();
      assertTrue(System.nanoTime() - begun < 10_000_000_000L, "it ends when it is told to");
      assertFalse(till.isRunning());
      assertTold(till.events().get(0), "error", "ERROR_UNKNOWN", "Look what was printed");
      assertEquals("first", till.events().get(0).get("owner"));
      assertTold(
          till.events().get(1), "disconnected", "Printer was disconnected", "was not printed");
      assertEquals("second", till.events().get(1).get("owner"));
      assertEquals("disconnected", till.events().get(2).get("status"));
      assertEquals(null, till.events().get(2).get("owner"));
    }
  }

  @Test
  void aPortThatFailsIsToldAndTheNextJobPrinted() throws Exception {
    PrinterPort port =
        new PrinterPort() {
          private boolean failed;

          @Override
          public PrintOutcome print(PrintJob job) {
            if (!failed) {
              failed = true;
              throw new IllegalStateException("a fault");
            }
            return PrintOutcome.PRINTED;
          }

          @Override
          public PrintOutcome look() {
            return PrintOutcome.PRINTED;
          }

          @Override
          public boolean raw() {
            return true;
          }
        };
    try (PrinterAtWork till = PrinterAtWork.receipts(port)) {
      till.receipt(PICTURE, "s");
      assertTold(till.awaitEvent(1), "error", "ERROR_FAILED", "a fault");
      till.receipt(PICTURE, "s");
      assertEquals("success", till.awaitEvent(2).get("status"));
    }
  }

  private static void assertTold(
      Map<String, Object> event, String status, String message, String detail) throws IOException {
    assertEquals(status, event.get("status"), event.toString());
    assertEquals(status, event.get("print_status"), event.toString());
    assertEquals(message, event.get("message"), event.toString());
    assertTrue(event.get("detail").toString().contains(detail), event.toString());
  }
}
