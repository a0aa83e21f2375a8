package iotbox.box.access;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a web page is from, as browsers say it: scheme, host and port, such as {@code
 * https://my.odoo.com}.
 *
 * @param text in lower case, and without the port that the scheme has anyway
 */
public record WebOrigin(String text) {
  /**
   * What browsers say of pages that are of no site, such as files. It is nobody's in particular.
   */
  public static final String NULL = "null";

  private static final int LONGEST = 300;

  // Not only the web's two schemes: applications for tills have their own.
  private static final Pattern ORIGIN =
      Pattern.compile("([a-z][a-z0-9+.-]*)://([a-z0-9._-]+|\\[[0-9a-f:.]+\\])(?::(\\d{1,5}))?/?");

  private static final Pattern URL_ORIGIN = Pattern.compile("([^/?#]+://[^/?#]*).*");

  /** The origin in this header or option; empty if it is none. */
  public static Optional<WebOrigin> of(String header) {
    if (header.length() > LONGEST) {
      return Optional.empty();
    }
    Matcher parts = ORIGIN.matcher(header.toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      return Optional.empty();
    }
    String scheme = parts.group(1);
    String port = parts.group(3);
    String usual = scheme.equals("http") ? "80" : scheme.equals("https") ? "443" : null;
    return Optional.of(
        new WebOrigin(
            scheme
                + "://"
                + parts.group(2)
                + (port == null || port.equals(usual) ? "" : ":" + port)));
  }

  /** The origin of the pages at this URL. */
  static Optional<WebOrigin> ofUrl(String url) {
    Matcher parts = URL_ORIGIN.matcher(url);
    return parts.matches() ? of(parts.group(1)) : Optional.empty();
  }

  /**
   * Whether pages that were asked for with this {@code Host} are of this origin.
   *
   * @param secure whether by HTTPS; by HTTP it may still be that of a server which does HTTPS for
   *     the box, but never the other way round
   */
  public boolean isOf(String host, boolean secure) {
    return host != null
        && (!secure || text.startsWith("https://"))
        && of(text.substring(0, text.indexOf(':')) + "://" + host).equals(Optional.of(this));
  }

  /** The same site, where it is served over HTTPS. */
  WebOrigin overHttps() {
    return new WebOrigin(text.replaceFirst("^http://", "https://"));
  }

  /** The same site at the port that its scheme has anyway. */
  WebOrigin atUsualPort() {
    return new WebOrigin(text.replaceFirst(":\\d+$", ""));
  }

  @Override
  public String toString() {
    return text;
  }
}
