package iotbox.stock.printer.found;

import iotbox.stock.printer.PrinterPort;
import iotbox.stock.printer.RawPort;
import iotbox.stock.printer.ipp.IppClient;
import iotbox.stock.printer.ipp.IppPort;
import iotbox.stock.printer.lpd.LpdPort;
import java.net.URI;
import java.nio.file.Path;

/**
 * Makes ports for addresses. What speaks IPP is loaded when the first printer or spooler that does
 * is there; it is used by that printer's thread, too, so the lock {@code this} guards it.
 */
final class PrinterPorts {
  private IppClient client;
  private boolean closed;

  PrinterPort to(URI uri) {
    return switch (uri.getScheme()) {
      case "socket" -> RawPort.socket(uri.getHost(), uri.getPort());
      case "file" -> RawPort.file(Path.of(uri.getPath()));
      case "lpd" -> new LpdPort(uri);
      default -> new IppPort(client(), uri);
    };
  }

  synchronized IppClient client() {
    if (closed) {
      throw new IllegalStateException("No printers are looked for any more");
    }
    if (client == null) {
      client = new IppClient();
    }
    return client;
  }

  synchronized void close() {
    closed = true;
    if (client != null) {
      client.close();
    }
  }
}
