package iotbox.stock.display;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Addresses of pages that a display may show. */
final class PageAddress {
  private static final int LONGEST = 4_000;

  private PageAddress() {}

  /**
   * The address, if a display may show it: a page of the web, and none of this machine's files or a
   * script.
   *
   * @throws IllegalArgumentException with a sentence for whoever wanted it
   */
  static String checked(String url) {
    String given = url.strip();
    try {
      URI uri = new URI(given);
      String scheme = uri.getScheme();
      boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
      if (web && uri.getHost() != null && given.length() <= LONGEST) {
        return given;
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "A display shows pages whose address begins with http:// or https:// and has a host, not \""
            + given.substring(0, Math.min(given.length(), 100))
            + "\".");
  }

  /** The point of sale's page for customers, in the form of 18; its query is for later lines. */
  static String customerDisplay(String server, String pos, String token) {
    return server
        + "/pos_customer_display/"
        + encoded(pos)
        + "/"
        + encoded(token)
        + "?access_token="
        + encoded(token);
  }

  /** The page on which customers order for themselves. */
  static String kiosk(String server, String pos, String token) {
    return server + "/pos-self/" + encoded(pos) + "?access_token=" + encoded(token);
  }

  /** Odoo's own box loads such pages again each minute, and leaves alone those that live. */
  static boolean standsStill(String url) {
    return !url.contains("pos_customer_display") && !url.contains("/pos-self/");
  }

  /** For people and logs: without what gives access. */
  static String site(String url) {
    URI uri = URI.create(url);
    return uri.getScheme() + "://" + uri.getRawAuthority().replaceFirst("^.*@", "");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
