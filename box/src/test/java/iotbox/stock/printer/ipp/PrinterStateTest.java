package iotbox.stock.printer.ipp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.stock.printer.PrinterTrouble;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrinterStateTest {
  @ParameterizedTest
  @CsvSource({
    "media-empty, ERROR_NO_PAPER",
    "media-needed-error, ERROR_NO_PAPER",
    "cover-open, ERROR_OFFLINE",
    "door-open-warning, ERROR_OFFLINE",
    "paused, ERROR_OFFLINE",
    "offline-report, ERROR_OFFLINE",
    "connecting-to-device, ERROR_UNREACHABLE",
    "timed-out, ERROR_UNREACHABLE",
    "cups-missing-filter-warning, ERROR_FAILED",
    "something-new, ERROR_OFFLINE"
  })
  void aPrinterThatStandsStillTellsWhy(String reason, PrinterTrouble trouble) {
    assertEquals(
        trouble, new PrinterState(true, true, List.of(reason)).wrong().orElseThrow().trouble());
  }

  @Test
  void oneEmptyTrayOfSeveralKeepsNothingFromPrinting() {
    PrinterState warned = new PrinterState(false, true, List.of("media-empty-warning"));
    assertTrue(warned.wrong().isEmpty());
    assertTrue(warned.wrongWithJob().isEmpty());

    PrinterState unclear = new PrinterState(false, true, List.of("media-empty"));
    assertTrue(unclear.wrong().isEmpty());
    assertEquals(PrinterTrouble.ERROR_NO_PAPER, unclear.wrongWithJob().orElseThrow().trouble());
  }

  @Test
  void whatTheLastJobLeftInAQueueDoesNotCount() {
    PrinterState old = new PrinterState(false, true, List.of("offline-report", "media-low"));

    assertEquals(PrinterTrouble.ERROR_OFFLINE, old.wrong().orElseThrow().trouble());
    assertTrue(old.withoutPast().wrong().isEmpty());
    assertTrue(old.withoutPast().lowOnPaper());
  }

  @Test
  void aQueueThatTakesNothingIsOffline() {
    assertEquals(
        PrinterTrouble.ERROR_OFFLINE,
        new PrinterState(false, false, List.of()).wrong().orElseThrow().trouble());
    assertFalse(new PrinterState(false, true, List.of("none")).lowOnPaper());
  }
}
