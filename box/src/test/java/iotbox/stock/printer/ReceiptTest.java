package iotbox.stock.printer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.handler.ActionFailedException;
import iotbox.stock.printer.picture.Dots;
import iotbox.stock.printer.picture.Picture;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Receipts on the paper of a printer that is reached by TCP. */
class ReceiptTest {
  @Test
  void aReceiptIsOnThePaperDotByDot() throws Exception {
    try (NetworkPrinter printer = NetworkPrinter.escPos();
        PrinterAtWork till = PrinterAtWork.receipts(printer)) {
      till.receipt(Pictures.file("receipt-576x2000.png"), "session1");
      Map<String, Object> event = till.awaitEvent(1);
      assertEquals("success", event.get("status"), event.toString());
      assertEquals("session1", event.get("owner"));
      List<Paper.Piece> pieces = printer.paper().pieces();
      assertEquals(1, pieces.size(), "it is cut once: " + printer.faults());
      Pictures.assertDots(Pictures.read(Pictures.file("receipt-576x2000.dots.png")), pieces.get(0));
      assertEquals(List.of(), printer.faults());
    }
  }

  /** Decoders of JPEG may differ in the last bit of a colour. */
  @Test
  void aReceiptAsPointsOfSaleSendItLooksTheSame() throws Exception {
    try (NetworkPrinter printer = NetworkPrinter.escPos();
        PrinterAtWork till = PrinterAtWork.receipts(printer)) {
      String data =
          "data:image/jpeg;base64," + PrinterAtWork.base64(Pictures.file("receipt-576x2000.jpg"));
      till.act(Map.of("action", "print_receipt", "receipt", data), null);
      till.awaitEvent(1);
      int differing =
          Pictures.differing(
              Pictures.read(Pictures.file("receipt-576x2000.jpg.dots.png")),
              printer.paper().pieces().get(0));
      assertTrue(differing < 576 * 2000 / 200, differing + " dots differ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"shades-301x200", "colors-97x60"})
  void shadesBecomePatternsAsInOdoosOwnBox(String name) throws Exception {
    try (NetworkPrinter printer = NetworkPrinter.escPos();
        PrinterAtWork till = PrinterAtWork.receipts(printer)) {
      till.receipt(Pictures.file(name + ".png"), null);
      till.awaitEvent(1);
      Pictures.assertDots(
          Pictures.read(Pictures.file(name + ".dots.png")), printer.paper().pieces().get(0));
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "7,3", "8,8", "9,254", "577,255", "383,256", "100,511", "16,1000"})
  void anyWidthAndHeight(int width, int height) throws Exception {
    BufferedImage picture = Pictures.noise(width, height, width);
    try (NetworkPrinter printer = NetworkPrinter.escPos().mute();
        PrinterAtWork till = PrinterAtWork.receipts(printer)) {
      till.receipt(Pictures.png(picture), null);
      till.awaitEvent(1);
      assertEquals(List.of(), printer.faults());
      Pictures.assertShows(picture, printer.paper().pieces().get(0));
    }
  }

  /** Grey, colours, tables of colours, transparent paper: all show the same dots. */
  @ParameterizedTest
  @CsvSource({
    "TYPE_BYTE_BINARY, 12, png",
    "TYPE_BYTE_GRAY, 10, png",
    "TYPE_USHORT_GRAY, 11, png",
    "TYPE_BYTE_INDEXED, 13, png",
    "TYPE_3BYTE_BGR, 5, png",
    "TYPE_4BYTE_ABGR, 6, png",
    "TYPE_INT_ARGB, 2, png",
    "TYPE_BYTE_INDEXED, 13, gif",
    "TYPE_3BYTE_BGR, 5, bmp"
  })
  void anyKindOfFile(String name, int type, String format) throws Exception {
    BufferedImage picture = Pictures.noise(101, 60, type);
    BufferedImage kind = new BufferedImage(101, 60, type);
    boolean alpha = kind.getColorModel().hasAlpha();
    for (int y = 0; y < 60; y++) {
      for (int x = 0; x < 101; x++) {
        boolean black = (picture.getRGB(x, y) & 0xFFFFFF) == 0;
        // Behind what is transparent some programs leave black.
        kind.setRGB(x, y, black ? 0xFF000000 : alpha ? 0x00000000 : 0xFFFFFFFF);
      }
    }
    Dots dots = Picture.dots(Pictures.file(kind, format));
    for (int y = 0; y < 60; y++) {
      for (int x = 0; x < 101; x++) {
        boolean black = (picture.getRGB(x, y) & 0xFFFFFF) == 0;
        assertEquals(black, dots.black(x, y), name + " at " + x + ", " + y);
      }
    }
  }

  /** It is decoded in strips. */
  @Test
  void aLongReceiptIsPrintedWhole() throws Exception {
    BufferedImage picture = Pictures.noise(576, 9_000, 1);
    Dots dots = Picture.dots(Pictures.png(picture));
    assertEquals(9_000, dots.rows());
    for (int y = 0; y < 9_000; y += 7) {
      for (int x = 0; x < 576; x++) {
        assertEquals((picture.getRGB(x, y) & 0xFFFFFF) == 0, dots.black(x, y), x + ", " + y);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TM-U220__IMC__, 33, 24",
    "TM-U220__imc_ldv__, 1, 8",
    "TM-U220__IMC_LDH__, 32, 24",
    "TM-U220__IMC_LDV_LDH__rest, 0, 8"
  })
  void columnsForPrintersThatWantThem(String name, int mode, int band) throws Exception {
    BufferedImage picture = Pictures.noise(301, 77, mode);
    try (NetworkPrinter printer = NetworkPrinter.escPos();
        PrinterAtWork till =
            new PrinterAtWork(
                Map.of("kind", "receipt_printer", "name", name),
                RawPort.socket("127.0.0.1", printer.port()))) {
      till.receipt(Pictures.png(picture), null);
      till.awaitEvent(1);
      assertEquals(List.of(), printer.faults());
      assertTrue(printer.paper().modes().contains("columns " + mode), printer.paper().toString());
      BufferedImage filled =
          new BufferedImage(301, (77 + band - 1) / band * band, BufferedImage.TYPE_INT_RGB);
      filled.createGraphics().fillRect(0, 0, 301, filled.getHeight());
      filled.setRGB(0, 0, 301, 77, picture.getRGB(0, 0, 301, 77, null, 0, 301), 0, 301);
      Pictures.assertShows(filled, printer.paper().pieces().get(0));
    }
  }

  @Test
  void columnsAreScaledAsInOdoosOwnBox() throws Exception {
    try (NetworkPrinter printer = NetworkPrinter.escPos();
        PrinterAtWork till =
            new PrinterAtWork(
                Map.of("kind", "receipt_printer", "identifier", "U__IMC_LDV_LDH_SCALE70__"),
                RawPort.socket("127.0.0.1", printer.port()))) {
      till.receipt(Pictures.file("shades-301x200.png"), null);
      till.awaitEvent(1);
      Paper.Piece piece = printer.paper().pieces().get(0);
      assertEquals(144, piece.rows().size(), "140 rows in bands of 8");
      BufferedImage expected = Pictures.read(Pictures.file("shades-301x200.70.dots.png"));
      assertEquals(0, Pictures.differing(expected, piece));
    }
  }

  @Test
  void aScaleWithoutANumberIsToldBeforeAnythingIsPrinted() throws Exception {
    try (NetworkPrinter printer = NetworkPrinter.escPos();
        PrinterAtWork till =
            new PrinterAtWork(
                Map.of("kind", "receipt_printer", "name", "U__IMC_SCALE__"),
                RawPort.socket("127.0.0.1", printer.port()))) {
      Exception told =
          till.failure(
              IllegalArgumentException.class,
              PrinterAtWork.receiptOf(Pictures.file("colors-97x60.png")),
              null);
      assertTrue(told.getMessage().contains("SCALE70"), told.getMessage());
      assertEquals(0, printer.connections());
    }
  }

  @Test
  void starPrintersGetRasterRows() throws Exception {
    BufferedImage picture = Pictures.noise(577, 300, 5);
    try (NetworkPrinter printer = NetworkPrinter.star();
        PrinterAtWork till =
            new PrinterAtWork(
                Map.of("kind", "receipt_printer", "star", true),
                RawPort.socket("127.0.0.1", printer.port()))) {
      till.receipt(Pictures.png(picture), null);
      till.awaitEvent(1);
      assertEquals(List.of(), printer.faults());
      Pictures.assertShows(picture, printer.paper().pieces().get(0));
      assertEquals(List.of("raster", "raster P 0"), printer.paper().modes());
    }
  }

  @Test
  void whatIsNoPictureIsToldBeforeAnythingIsPrinted() throws Exception {
    try (NetworkPrinter printer = NetworkPrinter.escPos();
        PrinterAtWork till = PrinterAtWork.receipts(printer)) {
      assertTold(till, Map.of(), "nothing to print");
      assertTold(till, Map.of("receipt", 7), "must be a file in base64");
      assertTold(till, Map.of("receipt", "a$b="), "not base64");
      assertTold(till, Map.of("receipt", "aGVsbG8="), "no picture");
      byte[] png = Pictures.file("colors-97x60.png");
      byte[] cut = java.util.Arrays.copyOf(png, png.length / 2);
      assertTold(till, Map.of("receipt", PrinterAtWork.base64(cut)), "damaged");
      byte[] giant = png.clone();
      giant[16] = 0x7F; // A width of two thousand million dots.
      assertTold(till, Map.of("receipt", PrinterAtWork.base64(giant)), "Send a smaller one");
      assertEquals(0, printer.connections());
      assertEquals(List.of(), till.events());
    }
  }

  private static void assertTold(PrinterAtWork till, Map<String, ?> data, String sentence) {
    Map<String, Object> action = new java.util.LinkedHashMap<>(data);
    action.put("action", "print_receipt");
    ActionFailedException failed = till.failure(Exception.class, action, null);
    assertTrue(failed.getMessage().contains(sentence), failed.getMessage());
    assertEquals(failed.getMessage(), failed.told().get("detail"));
  }
}
