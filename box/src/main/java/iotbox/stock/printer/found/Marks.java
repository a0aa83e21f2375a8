package iotbox.stock.printer.found;

import iotbox.stock.printer.lpd.LpdPort;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By what two finders can tell that they see the same printer. Only what belongs to one printer
 * alone is a mark: a print server has many under one address.
 */
final class Marks {
  private static final int APP_SOCKET = 9100;
  private static final Pattern SERIAL = Pattern.compile("(?:^|[?&])serial=([^&]+)");
  private static final Pattern UUID =
      Pattern.compile("(?:urn:uuid:|(?:^|[?&])uuid=)?([0-9a-fA-F-]{36})");

  private Marks() {}

  /** Those in an address, also in those of CUPS' own schemes. */
  static Set<String> of(URI uri) {
    Set<String> marks = new LinkedHashSet<>();
    String scheme = uri.getScheme() == null ? "" : uri.getScheme();
    switch (scheme) {
      case "file", "parallel", "serial" -> marks.add(file(Path.of(path(uri))));
      case "usb" -> usb(uri, marks);
      case "dnssd" -> dnssd(uri, marks);
      case "socket" -> {
        marks.add("socket " + uri.getHost() + " " + port(uri, APP_SOCKET));
        if (port(uri, APP_SOCKET) == APP_SOCKET) {
          marks.add(host(uri.getHost()));
        }
      }
      case "ipp", "ipps", "http", "https" -> {
        marks.add("ipp " + uri.getHost() + " " + port(uri, 631) + " " + path(uri));
        if (port(uri, 631) == 631 && path(uri).matches("/?|/ipp|/ipp/print")) {
          marks.add(host(uri.getHost()));
        }
      }
      case "lpd" ->
          marks.add("lpd " + uri.getHost() + " " + port(uri, LpdPort.PORT) + " " + path(uri));
      default -> {
        // Nothing of it tells printers apart.
      }
    }
    return marks;
  }

  /** A device file, by whatever path. */
  static String file(Path file) {
    try {
      return "file " + file.toRealPath();
    } catch (IOException e) {
      return "file " + file; // It is not there now.
    }
  }

  /** A USB device by its serial number. */
  static String serial(String number) {
    return "serial " + number.toLowerCase(Locale.ROOT);
  }

  /** A USB device that has none, by what it is. */
  static String model(String manufacturer, String model) {
    return "model " + (manufacturer + " " + model).toLowerCase(Locale.ROOT);
  }

  /** A host that is one printer, by its address or name. */
  static String host(String host) {
    return "host " + host.toLowerCase(Locale.ROOT);
  }

  /** The name under which a printer announces itself, the same for all of its protocols. */
  static String instance(String name) {
    return "instance " + name.toLowerCase(Locale.ROOT);
  }

  /** A printer's UUID, bare or as a URN; none if it is none. */
  static Set<String> uuid(String text) {
    Matcher uuid = UUID.matcher(text == null ? "" : text);
    return uuid.matches() ? Set.of("uuid " + uuid.group(1).toLowerCase(Locale.ROOT)) : Set.of();
  }

  /** Another one each time that a device file is made. */
  static String pluggedIn(Path file) {
    try {
      return String.valueOf(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    } catch (IOException e) {
      return "";
    }
  }

  private static void usb(URI uri, Set<String> marks) {
    String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    Matcher serial = SERIAL.matcher(query);
    if (serial.find()) {
      marks.add(serial(decoded(serial.group(1))));
    } else {
      marks.add(model(decoded(uri.getRawAuthority()), decoded(path(uri)).replaceFirst("^/", "")));
    }
  }

  /** {@code dnssd://<instance>._ipp._tcp.local/?uuid=…}. */
  private static void dnssd(URI uri, Set<String> marks) {
    String name = decoded(uri.getRawAuthority());
    int type = name.lastIndexOf("._", Math.max(0, name.lastIndexOf("._") - 1));
    if (type > 0) {
      marks.add(instance(name.substring(0, type)));
    }
    Matcher uuid = UUID.matcher(uri.getRawQuery() == null ? "" : uri.getRawQuery());
    if (uuid.find()) {
      marks.addAll(uuid(uuid.group(1)));
    }
  }

  private static int port(URI uri, int usual) {
    return uri.getPort() == -1 ? usual : uri.getPort();
  }

  private static String path(URI uri) {
    return uri.getPath() == null ? "" : uri.getPath();
  }

  private static String decoded(String text) {
    return text == null ? "" : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
