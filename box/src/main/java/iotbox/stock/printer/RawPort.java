package iotbox.stock.printer;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** A printer that takes bytes: a TCP port ({@code socket://host:9100}) or a device file. */
public final class RawPort implements PrinterPort {
  private static final int CONNECT_MILLIS = 3_000;

  private final Opener opener;

  private interface Opener {
    OutputStream open() throws IOException;
  }

  private RawPort(Opener opener) {
    this.opener = opener;
  }

  /** A printer in the network. */
  public static RawPort socket(String host, int port) {
    return new RawPort(
        () -> {
          Socket socket = new Socket();
          socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
          return socket.getOutputStream();
        });
  }

  /** A printer at this device file. */
  public static RawPort file(Path path) {
    return new RawPort(() -> Files.newOutputStream(path));
  }

  @Override
  public PrintOutcome print(PrintJob job) {
    try (OutputStream out = new BufferedOutputStream(opener.open())) {
      job.body().writeTo(out);
      return PrintOutcome.PRINTED;
    } catch (IOException e) {
      return PrintOutcome.unknown(PrinterTrouble.ERROR_UNREACHABLE, e.getMessage());
    }
  }

  @Override
  public PrintOutcome look() {
    return PrintOutcome.PRINTED;
  }

  @Override
  public boolean raw() {
    return true;
  }
}
