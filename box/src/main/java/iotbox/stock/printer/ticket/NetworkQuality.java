package iotbox.stock.printer.ticket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How good the ways are that the box needs: to Odoo's server and to the router. Measured when a
 * ticket is wanted, by whoever wants it; takes two seconds for each way that leads nowhere.
 */
public final class NetworkQuality {
  private static final int PATIENCE_MILLIS = 2_000;
  private static final int FAST_MILLIS = 50;
  private static final int NORMAL_MILLIS = 150;

  private final Path routes;

  /** The quality of this machine's network. */
  public NetworkQuality() {
    this(Path.of("/proc/net/route"));
  }

  NetworkQuality(Path routes) {
    this.routes = routes;
  }

  /**
   * A line for each way.
   *
   * @param odoo the paired server's address, or {@code null}
   */
  public List<String> lines(String odoo) {
    List<String> lines = new ArrayList<>();
    if (odoo != null) {
      lines.add("- to Odoo: " + word(() -> connect(URI.create(odoo))));
    }
    InetAddress router = router();
    if (router != null) {
      lines.add("- to the router: " + word(() -> reach(router)));
    }
    return lines;
  }

  private interface Way {
    void go() throws IOException;
  }

  private static String word(Way way) {
    long begun = System.nanoTime();
    try {
      way.go();
    } catch (IOException | IllegalArgumentException e) {
      return "unreachable";
    }
    long millis = (System.nanoTime() - begun) / 1_000_000;
    String word = millis < FAST_MILLIS ? "fast" : millis < NORMAL_MILLIS ? "normal" : "slow";
    return word + " (" + millis + " ms)";
  }

  private static void connect(URI server) throws IOException {
    int usual = "https".equals(server.getScheme()) ? 443 : 80;
    int port = server.getPort() < 0 ? usual : server.getPort();
    InetSocketAddress address = new InetSocketAddress(server.getHost(), port);
    try (Socket socket = new Socket()) {
      socket.connect(address, PATIENCE_MILLIS);
    }
  }

  private static void reach(InetAddress router) throws IOException {
    if (!router.isReachable(PATIENCE_MILLIS)) {
      throw new IOException("no answer");
    }
  }

  /** Where the default route of Linux leads; {@code null} where there is none, or no such file. */
  private InetAddress router() {
    try {
      for (String line : Files.readAllLines(routes, StandardCharsets.US_ASCII)) {
        String[] fields = line.trim().split("\\s+");
        boolean standard = fields.length > 2 && fields[1].equals("00000000");
        if (standard && !fields[2].equals("00000000")) {
          return address(fields[2]);
        }
      }
    } catch (IOException | NumberFormatException e) {
      // It is not measured, then.
    }
    return null;
  }

  /** The kernel prints the four bytes as a number of the machine's processor. */
  private static InetAddress address(String hex) throws IOException {
    int number = Integer.parseUnsignedInt(hex, 16);
    return InetAddress.getByAddress(
        ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(number).array());
  }
}
