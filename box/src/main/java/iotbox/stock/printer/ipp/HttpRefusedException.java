package iotbox.stock.printer.ipp;

import java.io.IOException;

/** The web server in a printer or spooler did not let the request through. */
final class HttpRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int code;

  HttpRefusedException(int code) {
    super("HTTP " + code);
    this.code = code;
  }

  int code() {
    return code;
  }
}
