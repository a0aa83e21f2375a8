package iotbox.stock.printer.found;

import iotbox.stock.printer.lpd.LpdPort;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A printer that a person told the box of.
 *
 * @param name what it is called; empty for its address
 * @param uri where it is, with its port if it has one
 */
public record GivenPrinter(String name, URI uri) {
  /** What is meant, for whoever gave something else. */
  public static final String EXAMPLES =
      "socket://192.168.1.50:9100, ipp://192.168.1.51/ipp/print, ipps://… or file:/dev/usb/lp0,"
          + " perhaps with a name before it (Kitchen=socket://…)";

  private static final Pattern NAMED = Pattern.compile("(?:([^=:/]+)=)?([a-z]+:.+)");
  private static final Map<String, Integer> PORTS =
      Map.of("socket", 9100, "ipp", 631, "ipps", 631, "lpd", LpdPort.PORT);

  /**
   * Reads {@code <uri>} or {@code <name>=<uri>}.
   *
   * @throws IllegalArgumentException if it is none; its message is a sentence about the value
   */
  public static GivenPrinter parse(String text) {
    Matcher named = NAMED.matcher(text.strip());
    if (!named.matches()) {
      throw new IllegalArgumentException("it is no address of a printer");
    }
    String name = named.group(1) == null ? "" : named.group(1).strip();
    try {
      return new GivenPrinter(name, checked(new URI(named.group(2))));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("it is no address of a printer", e);
    }
  }

  private static URI checked(URI uri) throws URISyntaxException {
    if (uri.getScheme().equals("file")) {
      if (uri.getPath() == null || uri.getPath().isEmpty() || uri.getHost() != null) {
        throw new IllegalArgumentException("file: is followed by a path that begins with /");
      }
      return new URI("file", null, uri.getPath(), null);
    }
    Integer usual = PORTS.get(uri.getScheme());
    if (usual == null) {
      throw new IllegalArgumentException("the box does not speak " + uri.getScheme() + ":");
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("it names no host");
    }
    int port = uri.getPort() == -1 ? usual : uri.getPort();
    if (port == 0 || port > 65_535) {
      throw new IllegalArgumentException("ports go from 1 to 65535");
    }
    return new URI(uri.getScheme(), null, uri.getHost(), port, uri.getPath(), uri.getQuery(), null);
  }
}
