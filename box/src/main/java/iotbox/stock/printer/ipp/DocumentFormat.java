package iotbox.stock.printer.ipp;

import iotbox.stock.printer.PrintJob;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Tells by its first bytes what a document is, in the words of IPP. */
final class DocumentFormat {
  /** As many bytes as are looked at. */
  static final int LOOKED_AT = 8;

  private static final String UNKNOWN = "application/octet-stream";
  private static final Map<String, String> BEGINNINGS =
      Map.of(
          "%PDF", "application/pdf",
          "\u0089PNG", "image/png",
          "\u00ff\u00d8\u00ff", "image/jpeg",
          "GIF8", "image/gif",
          "RaS2", "image/pwg-raster",
          "UNIRAST", "image/urf",
          "%!", "application/postscript");

  private DocumentFormat() {}

  /**
   * The format.
   *
   * @param spooler whether CUPS gets it, which changes bytes unless it is told not to
   */
  static String of(PrintJob.Format format, byte[] beginning, boolean spooler) {
    return switch (format) {
      case RAW -> spooler ? "application/vnd.cups-raw" : UNKNOWN;
      case TEXT -> "text/plain;charset=utf-8";
      case DOCUMENT -> of(new String(beginning, StandardCharsets.ISO_8859_1));
    };
  }

  private static String of(String beginning) {
    return BEGINNINGS.entrySet().stream()
        .filter(entry -> beginning.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(UNKNOWN);
  }
}
