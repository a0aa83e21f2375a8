package iotbox.stock.wire;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in the network a serial port is: {@code tcp://host:port} for bytes and nothing else, {@code
 * rfc2217://host:port} where the server lets its port be set.
 *
 * @param host a name or an address, an IPv6 one without its brackets
 * @param port from 1 to 65535
 */
public record PortAddress(Kind kind, String host, int port) {
  private static final Pattern SCHEME = Pattern.compile("(?i)[a-z][a-z0-9+.-]+://.*");
  private static final Pattern FORM =
      Pattern.compile("(?i)(tcp|rfc2217)://(\\[[0-9a-f:.%]+]|[^\\s:/\\[\\]]+):(\\d{1,5})/?");
  private static final int LAST_PORT = 65_535;

  /** What a server understands. */
  public enum Kind {
    TCP,
    RFC2217
  }

  /** Whether this is meant to be such an address, and not the path of a port of this machine. */
  public static boolean isMeant(String path) {
    return SCHEME.matcher(path).matches();
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if it is none, with a sentence for people
   */
  public static PortAddress of(String text) {
    Matcher parts = FORM.matcher(text);
    int port = parts.matches() ? Integer.parseInt(parts.group(3)) : 0;
    if (port < 1 || port > LAST_PORT) {
      throw new IllegalArgumentException(
          "A serial port in the network is tcp://host:port or rfc2217://host:port, such as"
              + " rfc2217://192.0.2.7:4001, not \""
              + text
              + "\"");
    }
    String host = parts.group(2);
    return new PortAddress(
        parts.group(1).equalsIgnoreCase("tcp") ? Kind.TCP : Kind.RFC2217,
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        port);
  }
}
