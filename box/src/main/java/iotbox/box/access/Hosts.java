package iotbox.box.access;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The names by which a browser may call the box. Whoever owns a domain can have its name lead to
 * the box (DNS rebinding); a page of that domain is then, to the browser, a page of the box itself.
 * Only the name in the request tells the two apart.
 *
 * <p>An IP address cannot be pointed elsewhere, so it is always right. Ports, case and a dot at the
 * end do not matter.
 */
public final class Hosts {
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})*", Pattern.CASE_INSENSITIVE);
  private static final int LONGEST_NAME = 253;
  private static final String ANY_BELOW = "*.";

  private final List<Supplier<Set<String>>> own;
  private final List<String> allowed;

  /**
   * @param own give the box's names at any moment, in lower case; one that begins with {@code *.}
   *     stands for all names below it. Asked for each request that calls the box by a name, so they
   *     must be quick
   * @param allowed further such names
   */
  public Hosts(List<Supplier<Set<String>>> own, List<String> allowed) {
    this.own = List.copyOf(own);
    this.allowed = allowed.stream().map(Hosts::plain).toList();
  }

  /** Whether this can be one of the names: no address, no port, perhaps {@code *.} before it. */
  public static boolean isName(String text) {
    String name = plain(text);
    name = name.startsWith(ANY_BELOW) ? name.substring(ANY_BELOW.length()) : name;
    return name.length() <= LONGEST_NAME && NAME.matcher(name).matches() && !isIpv4(name);
  }

  /**
   * Whether the box may be called so.
   *
   * @param host as the request says it, with or without a port; {@code null} if it does not, which
   *     no browser does
   */
  public boolean admits(String host) {
    if (host == null) {
      return true;
    }
    if (host.startsWith("[")) {
      return isIpv6(host);
    }
    String name = plain(withoutPort(host));
    return isIpv4(name)
        || name.equals("localhost")
        || matches(allowed, name)
        || NAME.matcher(name).matches()
            && own.stream().anyMatch(names -> matches(names.get(), name));
  }

  private static boolean matches(Collection<String> names, String name) {
    for (String each : names) {
      if (each.startsWith(ANY_BELOW)
          ? name.endsWith(each.substring(1)) && name.length() >= each.length()
          : name.equals(each)) {
        return true;
      }
    }
    return false;
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon < 0 || !isDigits(host, colon + 1, host.length()) ? host : host.substring(0, colon);
  }

  private static String plain(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /** Four decimal numbers, as browsers write all forms of such an address. */
  private static boolean isIpv4(String name) {
    int parts = 0;
    int start = 0;
    while (start <= name.length()) {
      int dot = name.indexOf('.', start);
      int end = dot < 0 ? name.length() : dot;
      if (end == start
          || end - start > 3
          || !isDigits(name, start, end)
          || Integer.parseInt(name.substring(start, end)) > 255) {
        return false;
      }
      parts++;
      start = end + 1;
    }
    return parts == 4;
  }

  private static boolean isIpv6(String host) {
    int end = host.indexOf(']');
    if (end < 0 || host.indexOf(':') < 0 || host.indexOf(':') > end) {
      return false;
    }
    for (int i = 1; i < end; i++) {
      char each = host.charAt(i);
      if (each != ':' && each != '.' && Character.digit(each, 16) < 0) {
        return false;
      }
    }
    String port = host.substring(end + 1);
    return port.isEmpty() || port.startsWith(":") && isDigits(port, 1, port.length());
  }

  private static boolean isDigits(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
