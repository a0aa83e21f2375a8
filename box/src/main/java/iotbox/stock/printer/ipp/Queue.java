package iotbox.stock.printer.ipp;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * A queue of CUPS.
 *
 * @param uri for jobs
 * @param deviceUri where CUPS sends them, in one of its own schemes too; {@code null} if it does
 *     not tell
 * @param deviceId as IEEE 1284 has it; empty if unknown
 * @param uuid a URN; empty if unknown
 */
public record Queue(
    String name, URI uri, URI deviceUri, String deviceId, String makeAndModel, String uuid) {
  static final String[] ATTRIBUTES = {
    "printer-name",
    "device-uri",
    "printer-device-id",
    "printer-make-and-model",
    "printer-uuid",
    "printer-type"
  };

  static final String[] WITHOUT_ADDRESSES = {
    "printer-name", "printer-device-id", "printer-make-and-model", "printer-type"
  };

  /** Bits of {@code printer-type}: what sends faxes has the printer's name and is none. */
  private static final int FAX = 0x40000;

  static boolean isPrinter(IppAnswer.Group queue) {
    return (queue.number("printer-type") & FAX) == 0 && !queue.text("printer-name").isEmpty();
  }

  static Queue of(URI server, IppAnswer.Group queue) {
    String name = queue.text("printer-name");
    try {
      return new Queue(
          name,
          new URI(
              server.getScheme(),
              null,
              server.getHost(),
              server.getPort(),
              "/printers/" + name,
              null,
              null),
          deviceUri(queue.text("device-uri")),
          queue.text("printer-device-id"),
          queue.text("printer-make-and-model"),
          queue.text("printer-uuid"));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(name, e); // It is quoted where that is needed.
    }
  }

  private static URI deviceUri(String text) {
    try {
      return text.isEmpty() ? null : new URI(text);
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
