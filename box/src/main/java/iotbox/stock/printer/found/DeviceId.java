package iotbox.stock.printer.found;

import iotbox.stock.printer.PrinterKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a printer tells of itself, as IEEE 1284 has it: {@code MFG:EPSON;CMD:ESC/POS;MDL:TM-T20;}.
 * Real ones have their keys in any order and case, spaces around them, and now and then no
 * semicolon at the end.
 *
 * @param text as it came, without what surrounds it; empty for none
 */
record DeviceId(String text) {
  static final DeviceId NONE = new DeviceId("");

  private static final Pattern FIELD = Pattern.compile("([^:;]+):([^;]*)(?:;|$)");
  private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

  DeviceId {
    text = text.strip();
  }

  /**
   * One of the parts that mDNS and others give, without its length and what follows its end.
   *
   * @param text may be {@code null}
   */
  static DeviceId of(String text) {
    return text == null || text.isBlank() ? NONE : new DeviceId(text.replace("\0", ""));
  }

  /** The same from its parts; those that are {@code null} or empty are left out. */
  static DeviceId of(String manufacturer, String model, String commands) {
    StringBuilder text = new StringBuilder();
    append(text, "MFG", manufacturer);
    append(text, "MDL", model);
    append(text, "CMD", commands);
    return of(text.toString());
  }

  private static void append(StringBuilder text, String key, String value) {
    if (value != null && !value.isBlank()) {
      text.append(key).append(':').append(value.strip()).append(';');
    }
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  /** Who made it; empty if it does not say. */
  String manufacturer() {
    return first("MFG", "MANUFACTURER");
  }

  /** Its model; empty if it does not say. */
  String model() {
    return first("MDL", "MODEL");
  }

  /** Its serial number; empty if it does not say. */
  String serialNumber() {
    return first("SERN", "SN", "SERIALNUMBER");
  }

  /** The languages that it understands, in capitals. */
  List<String> commands() {
    String commands = first("CMD", "COMMAND SET").toUpperCase(Locale.ROOT);
    return commands.isEmpty() ? List.of() : List.of(COMMA.split(commands));
  }

  /** What it prints, by the languages that it understands. */
  PrinterKind kind() {
    List<String> commands = commands();
    if (commands.contains("ESC/POS") || commands.contains("STAR")) {
      return PrinterKind.RECEIPT_PRINTER;
    }
    // Several label printers name more of the language than that: ZPL II, ZPL2.
    return commands.stream()
            .anyMatch(command -> command.startsWith("ZPL") || command.equals("ESCLABEL"))
        ? PrinterKind.LABEL_PRINTER
        : PrinterKind.OFFICE_PRINTER;
  }

  /** Whether it understands Star's raster language, not Epson's. */
  boolean star() {
    return text.contains("STR_T");
  }

  private String first(String... keys) {
    Map<String, String> fields = fields();
    for (String key : keys) {
      String value = fields.get(key);
      if (value != null && !value.isEmpty()) {
        return value;
      }
    }
    return "";
  }

  private Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher field = FIELD.matcher(text);
    while (field.find()) {
      fields.putIfAbsent(field.group(1).strip().toUpperCase(Locale.ROOT), field.group(2).strip());
    }
    return fields;
  }
}
