package iotbox.stock.printer;

import iotbox.stock.printer.PrintJob.Format;
import iotbox.stock.printer.PrinterLanguage.Sized;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Documents as Odoo sends them: files in base64. */
final class Documents {
  /** In the printer's queue, as Odoo's own box names them. */
  static final String NAME = "Odoo print job";

  private static final String BASE64 = ";base64,";

  private Documents() {}

  /**
   * The file's bytes.
   *
   * @param field its name, for the message
   * @param value base64, perhaps as a {@code data:} address, perhaps in lines
   * @throws IllegalArgumentException if it is none; the message says what to do
   */
  static byte[] bytes(String field, Object value) {
    if (!(value instanceof String text) || text.isBlank()) {
      throw new IllegalArgumentException(
          "There is nothing to print: \"" + field + "\" must be a file in base64");
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(plain(text));
      if (bytes.length == 0) {
        throw new IllegalArgumentException("it is empty");
      }
      return bytes;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "\"" + field + "\" is not base64 (" + e.getMessage() + "); nothing was printed", e);
    }
  }

  private static String plain(String text) {
    String data = text;
    if (text.startsWith("data:")) {
      int begin = text.indexOf(BASE64);
      data = begin < 0 ? text : text.substring(begin + BASE64.length());
    }
    boolean spaced = data.chars().anyMatch(Character::isWhitespace);
    return spaced ? data.replaceAll("\\s", "") : data;
  }

  /**
   * A document for a printer that understands its own language only. Files of other kinds go to it
   * as such, for a spooler that can change them.
   */
  static Sized inPrintersLanguage(byte[] bytes) {
    return new Sized(
        PrintJob.of(NAME, isFile(bytes) ? Format.DOCUMENT : Format.RAW, bytes), bytes.length);
  }

  /** Whether it is a PDF, a picture or PostScript. */
  static boolean isFile(byte[] bytes) {
    return begins(bytes, "%PDF") || begins(bytes, "%!PS") || isPicture(bytes);
  }

  /** Whether it is a PNG or a JPEG. */
  static boolean isPicture(byte[] bytes) {
    return begins(bytes, "\u0089PNG") || begins(bytes, "\u00FF\u00D8\u00FF");
  }

  private static boolean begins(byte[] bytes, String with) {
    byte[] beginning = with.getBytes(StandardCharsets.ISO_8859_1);
    return bytes.length >= beginning.length
        && Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length);
  }
}
