package iotbox.stock.printer.found;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where CUPS is, in the words of its own tools. */
public final class CupsAddress {
  private static final int PORT = 631;
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^\\s:/\\[\\]]+)(?::(\\d{1,5}))?(?:/version=.*)?");

  private CupsAddress() {}

  /**
   * What {@code CUPS_SERVER} says: a host, perhaps with a port. This machine's if it says nothing,
   * or names a socket in the file system: such a CUPS is at the usual port, too, unless its
   * configuration was changed.
   *
   * @param server may be {@code null}
   */
  public static URI of(String server) {
    Matcher host = HOST.matcher(server == null ? "" : server.strip());
    boolean known = host.matches();
    String port = known && host.group(2) != null ? host.group(2) : String.valueOf(PORT);
    return URI.create("ipp://" + (known ? host.group(1) : "localhost") + ":" + port + "/");
  }
}
