package iotbox.stock.printer;

import iotbox.handler.Device;
import java.util.Arrays;
import java.util.Map;

/**
 * What a printer is: by what was found out about it, or as a person corrected it.
 *
 * @param star whether, as a receipt printer, it speaks Star's own language
 * @param known whether anybody or anything has said what it is
 */
record PrinterSetup(PrinterKind kind, boolean star, boolean known) {
  private static final String KIND = "kind";
  private static final String STAR = "star";
  private static final String STAR_RECEIPTS = "star_receipt_printer";
  private static final String AUTOMATIC = "automatic";

  /**
   * The setup of a printer.
   *
   * @param kept what was corrected by hand
   */
  static PrinterSetup of(Device device, Map<String, ?> kept) {
    PrinterKind corrected = kind(kept.get(KIND));
    if (corrected != null) {
      return new PrinterSetup(corrected, Boolean.TRUE.equals(kept.get(STAR)), true);
    }
    PrinterKind found = kind(device.get(KIND));
    return new PrinterSetup(
        found == null ? PrinterKind.OFFICE_PRINTER : found,
        Boolean.TRUE.equals(device.get(STAR)),
        device.get("device_id") != null);
  }

  /**
   * Puts a correction into what is kept.
   *
   * @throws IllegalArgumentException if there is no such kind
   */
  static void correct(Map<String, Object> kept, String word) {
    boolean star = STAR_RECEIPTS.equals(word);
    PrinterKind kind = star ? PrinterKind.RECEIPT_PRINTER : kind(word);
    if (kind == null && !AUTOMATIC.equals(word)) {
      throw new IllegalArgumentException(
          "\""
              + word
              + "\" is no kind of printer; there are automatic, receipt_printer,"
              + " star_receipt_printer, label_printer and office_printer");
    }
    if (kind == null) {
      kept.remove(KIND);
      kept.remove(STAR);
    } else {
      kept.put(KIND, kind.subtype());
      kept.put(STAR, star);
    }
  }

  private static PrinterKind kind(Object word) {
    return Arrays.stream(PrinterKind.values())
        .filter(kind -> kind.subtype().equals(word))
        .findFirst()
        .orElse(null);
  }

  /**
   * How the printer is spoken to.
   *
   * @param name either may say how it wants pictures
   * @param raw whether bytes reach it as they are
   */
  PrinterLanguage language(String name, String identifier, boolean raw) {
    ReceiptLanguage receipts =
        new ReceiptLanguage(star, name.contains("__") ? name : identifier, raw);
    return switch (kind) {
      case RECEIPT_PRINTER -> receipts;
      case LABEL_PRINTER -> new LabelLanguage();
      case OFFICE_PRINTER -> new OfficeLanguage(raw && !known ? receipts : null);
    };
  }
}
