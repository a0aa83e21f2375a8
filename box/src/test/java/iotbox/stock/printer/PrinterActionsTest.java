package iotbox.stock.printer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.handler.ActionFailedException;
import iotbox.stock.host.BoxFacts;
import iotbox.stock.setting.FillingDisk;
import iotbox.stock.setting.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Everything that is no receipt. */
class PrinterActionsTest {
  private static final BoxFacts FACTS =
      new BoxFacts(
          "box-1",
          "L1.0",
          "till",
          "http://192.0.2.5:8069",
          List.of("192.0.2.5", "192.0.2.6"),
          true,
          "AB12",
          null,
          "unpaired",
          null);

  /** A port that is no line of bytes, as a spooler; keeps what it gets. */
  private static final class Spooler implements PrinterPort {
    final List<PrintJob> jobs = new ArrayList<>();

    @Override
    public synchronized PrintOutcome print(PrintJob job) {
      jobs.add(job);
      return PrintOutcome.PRINTED;
    }

    @Override
    public PrintOutcome look() {
      return PrintOutcome.PRINTED;
    }

    @Override
    public boolean raw() {
      return false;
    }

    synchronized String body(int index) {
      try {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        jobs.get(index).body().writeTo(body);
        return body.toString(StandardCharsets.ISO_8859_1);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static PrinterAtWork printer(Map<String, ?> more, PrinterPort port) {
    Map<String, Object> attributes = new LinkedHashMap<>(more);
    attributes.put("facts", (Supplier<BoxFacts>) () -> FACTS);
    return new PrinterAtWork(attributes, port);
  }

  private static PrinterPort at(NetworkPrinter printer) {
    return RawPort.socket("127.0.0.1", printer.port());
  }

  @Test
  void whatFailsAtOnceIsToldAsWhatFailsLater() throws Exception {
    try (PrinterAtWork label = printer(Map.of("kind", "label_printer"), new Spooler())) {
      Map<String, Object> action =
          Map.of("document", "§", "print_id", 7, "action_unique_id", "order-1");
      ActionFailedException failure = label.failure(IllegalArgumentException.class, action, "tab1");

      Map<String, Object> told = failure.told();
      assertEquals("error", told.get("status"));
      assertEquals("error", told.get("print_status"));
      assertEquals("ERROR_FAILED", told.get("message"));
      assertEquals(failure.getMessage(), told.get("detail"));
      assertEquals("tab1", told.get("owner"));
      assertEquals(7, told.get("print_id"));
      assertEquals("order-1", told.get("action_unique_id"));
      assertEquals(true, told.get("may_repeat"));
      failure = label.failure(IllegalArgumentException.class, Map.of("action", "cashbox"), "tab2");
      assertEquals("tab2", failure.told().get("owner"));
      label.act(Map.of("document", PrinterAtWork.base64(new byte[] {1})), "tab1");
      told = label.awaitEvent(1);
      assertEquals("success", told.get("status"));
      assertEquals("", told.get("result"));
    }
  }

  @Test
  void opensBothDrawers() throws Exception {
    try (NetworkPrinter epson = NetworkPrinter.escPos();
        NetworkPrinter star = NetworkPrinter.star();
        PrinterAtWork one = printer(Map.of("kind", "receipt_printer"), at(epson));
        PrinterAtWork other = printer(Map.of("kind", "receipt_printer", "star", true), at(star))) {
      one.act(Map.of("action", "cashbox"), "s");
      other.act(Map.of("action", "cashbox"), "s");
      assertEquals("success", one.awaitEvent(1).get("status"));
      assertEquals("success", other.awaitEvent(1).get("status"));
      assertEquals(
          List.of("pin 2, 50 ms on, 50 ms off", "pin 5, 50 ms on, 50 ms off"),
          epson.paper().pulses());
      assertEquals(List.of("device 1"), epson.paper().modes());
      assertEquals(List.of("drawer 1", "drawer 2"), star.paper().pulses());
    }
  }

  @Test
  void theStatusTicketTellsWhatOneNeedsToKnow() throws Exception {
    try (NetworkPrinter epson = NetworkPrinter.escPos();
        NetworkPrinter star = NetworkPrinter.star();
        PrinterAtWork one = printer(Map.of("kind", "receipt_printer"), at(epson));
        PrinterAtWork other = printer(Map.of("kind", "receipt_printer", "star", true), at(star))) {
      one.act(Map.of("action", "status"), "s");
      other.act(Map.of("action", "status"), "s");
      one.awaitEvent(1);
      other.awaitEvent(1);
      for (NetworkPrinter each : List.of(epson, star)) {
        assertEquals(List.of(), each.faults());
        List<String> lines = each.paper().lines();
        assertEquals("IoT Box Status", lines.get(0));
        assertTrue(
            lines.containsAll(
                List.of("AB12", "box-1", "192.0.2.5", "192.0.2.6", "http://192.0.2.5:8069")),
            lines.toString());
        assertEquals(1, each.paper().pieces().size());
        assertEquals(
            "http://192.0.2.5:8069", QrReader.read(each.paper().pieces().get(0)), "the QR code");
      }
      assertEquals(List.of("align 1", "size 48", "size 0", "align 0"), epson.paper().modes());
    }
  }

  @Test
  void labelPrintersGetALabel() throws Exception {
    Spooler spooler = new Spooler();
    try (PrinterAtWork labels = printer(Map.of("kind", "label_printer"), spooler)) {
      labels.act(Map.of("action", "status"), "s");
      labels.awaitEvent(1);
      assertEquals(PrintJob.Format.RAW, spooler.jobs.get(0).format());
      String label = spooler.body(0);
      assertTrue(label.startsWith("^XA^CI28") && label.endsWith("^XZ\n"), label);
      assertTrue(label.contains("^FDAB12^FS") && label.contains("^FDQA,http://"), label);
      ActionFailedException told =
          labels.failure(
              IllegalArgumentException.class,
              PrinterAtWork.receiptOf(Pictures.file("colors-97x60.png")),
              null);
      assertTrue(told.getMessage().contains("update_kind"), told.getMessage());
      labels.failure(IllegalArgumentException.class, Map.of("action", "cashbox"), null);
      byte[] zpl = "^XA^FDx^FS^XZ".getBytes(StandardCharsets.US_ASCII);
      labels.act(Map.of("document", PrinterAtWork.base64(zpl)), null);
      labels.awaitEvent(2);
      assertEquals(PrintJob.Format.RAW, spooler.jobs.get(1).format());
    }
  }

  @Test
  void officePrintersGetFilesAndText() throws Exception {
    Spooler spooler = new Spooler();
    try (PrinterAtWork office = printer(Map.of("kind", "office_printer"), spooler)) {
      byte[] pdf = "%PDF-1.4 …".getBytes(StandardCharsets.UTF_8);
      Object answer =
          office.act(Map.of("document", PrinterAtWork.base64(pdf), "print_id", "p1"), "s");
      assertEquals(Map.of("print_id", "p1"), answer);
      assertEquals("p1", office.awaitEvent(1).get("print_id"));
      assertEquals(PrintJob.Format.DOCUMENT, spooler.jobs.get(0).format());
      assertEquals(new String(pdf, StandardCharsets.ISO_8859_1), spooler.body(0));
      office.act(Map.of("action", "status"), "s");
      office.awaitEvent(2);
      assertEquals(PrintJob.Format.TEXT, spooler.jobs.get(1).format());
      assertTrue(spooler.body(1).contains("AB12\r\n"), spooler.body(1));
      byte[] picture = Pictures.file("colors-97x60.png");
      office.receipt(picture, "s");
      office.awaitEvent(3);
      assertEquals(PrintJob.Format.DOCUMENT, spooler.jobs.get(2).format());
      office.failure(IllegalArgumentException.class, Map.of("action", "cashbox"), null);
      assertEquals(null, office.events().get(2).get("print_id"), "each event has its own");
    }
  }

  @Test
  void aReceiptPrinterGetsDocumentsInItsLanguageAndPicturesAsReceipts() throws Exception {
    try (NetworkPrinter epson = NetworkPrinter.escPos();
        PrinterAtWork till = printer(Map.of("kind", "receipt_printer"), at(epson))) {
      byte[] text = "Hello\n\u001dV\u0001".getBytes(StandardCharsets.US_ASCII);
      till.act(Map.of("document", PrinterAtWork.base64(text)), "s");
      till.awaitEvent(1);
      assertEquals(List.of("Hello"), epson.paper().lines());
      byte[] picture = Pictures.png(Pictures.noise(50, 50, 1));
      till.act(Map.of("document", "data:image/png;base64,\n" + PrinterAtWork.base64(picture)), "s");
      till.awaitEvent(2);
      Pictures.assertShows(Pictures.read(picture), epson.paper().pieces().get(1));
      String pdf = PrinterAtWork.base64("%PDF-1.4".getBytes(StandardCharsets.US_ASCII));
      ActionFailedException told =
          till.failure(IllegalArgumentException.class, Map.of("document", pdf), "s");
      assertTrue(told.getMessage().contains("PDF"), told.getMessage());
    }
  }

  @Test
  void aPersonCorrectsTheKindForGood() throws Exception {
    Settings settings = Settings.passing();
    try (NetworkPrinter star = NetworkPrinter.star()) {
      Map<String, Object> found =
          Map.of("kind", "office_printer", "device_id", "MFG:X;", "settings", settings);
      try (PrinterAtWork till = printer(found, at(star))) {
        assertEquals("office_printer", till.driver.deviceSubtype());
        till.failure(
            IllegalArgumentException.class,
            Map.of("action", "update_kind", "kind", "toaster"),
            null);
        till.act(Map.of("action", "update_kind", "kind", "star_receipt_printer"), null);
        assertEquals("receipt_printer", till.driver.deviceSubtype());
        till.act(Map.of("action", "cashbox"), null);
        till.awaitEvent(1);
        assertEquals(List.of("drawer 1", "drawer 2"), star.paper().pulses());
      }
      assertEquals(Map.of("kind", "receipt_printer", "star", true), settings.of("printer1"));
      try (PrinterAtWork till = printer(found, at(star))) {
        assertEquals("receipt_printer", till.driver.deviceSubtype());
        till.act(Map.of("action", "update_kind", "kind", "automatic"), null);
        assertEquals("office_printer", till.driver.deviceSubtype());
      }
      assertEquals(Map.of(), settings.of("printer1"));
    }
  }

  @Test
  void aKindThatCannotBeKeptIsNotTaken() throws Exception {
    FillingDisk settings = new FillingDisk();
    settings.full(true);
    try (NetworkPrinter star = NetworkPrinter.star();
        PrinterAtWork till =
            printer(Map.of("kind", "office_printer", "settings", settings), at(star))) {
      ActionFailedException refusal =
          till.failure(
              IOException.class, Map.of("action", "update_kind", "kind", "label_printer"), null);
      assertEquals(FillingDisk.REFUSAL, refusal.getMessage());
      assertEquals("office_printer", till.driver.deviceSubtype());
      settings.full(false);
      till.act(Map.of("action", "update_kind", "kind", "label_printer"), null);
      assertEquals("label_printer", till.driver.deviceSubtype());
    }
  }

  /** As from Odoo's own box, which knows no more of it either. */
  @Test
  void aPrinterOfWhichNothingIsKnownPrintsReceipts() throws Exception {
    try (NetworkPrinter epson = NetworkPrinter.escPos();
        PrinterAtWork till = printer(Map.of("kind", "office_printer"), at(epson))) {
      byte[] picture = Pictures.png(Pictures.noise(50, 50, 1));
      till.receipt(picture, null);
      till.awaitEvent(1);
      Pictures.assertShows(Pictures.read(picture), epson.paper().pieces().get(0));
      assertEquals(0, epson.questions(), "it may be no receipt printer");
    }
  }
}
