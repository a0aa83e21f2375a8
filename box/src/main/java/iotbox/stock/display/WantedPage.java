package iotbox.stock.display;

import iotbox.stock.setting.Settings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which page one display is to show, also after a restart: whatever was said last, by an action or
 * by what Odoo has for this display. Pages of an Odoo that the box does not belong to any more are
 * forgotten. What cannot be kept counts all the same, since customers stand before the display; it
 * is tried again with the next change.
 *
 * <p>The lock {@code this} guards the settings of the display; a small file may be written under
 * it.
 */
final class WantedPage {
  private static final Logger LOG = LoggerFactory.getLogger(WantedPage.class);
  private static final String ASKED = "url";
  private static final String ODOO = "odoo_url";
  private static final String SERVER = "server";
  private static final String ORIENTATION = "orientation";

  private final Settings settings;
  private final String display;
  private final Supplier<OdooWish> odoo;

  /** What counts although it could not be kept; {@code null} if all is kept. */
  private Map<String, Object> unkept;

  /**
   * @param odoo gives {@code null} while Odoo has not told yet
   */
  WantedPage(Settings settings, String display, Supplier<OdooWish> odoo) {
    this.settings = settings;
    this.display = display;
    this.odoo = odoo;
  }

  /** The page of now. */
  synchronized Optional<String> url() {
    Map<String, Object> kept = kept();
    OdooWish wish = odoo.get();
    if (wish != null) {
      Map<String, Object> heard = new LinkedHashMap<>(kept);
      hear(wish, heard);
      keep(kept, heard);
      kept = heard;
    }
    Map<String, Object> now = kept;
    return text(now, ASKED).or(() -> text(now, ODOO));
  }

  private void hear(OdooWish wish, Map<String, Object> kept) {
    String known = text(kept, SERVER).orElse(null);
    if (known != null && !known.equals(wish.server())) {
      kept.clear();
    }
    String url = wish.server() == null ? null : allowed(wish.urls().get(display));
    if (!Objects.equals(url, text(kept, ODOO).orElse(null))) {
      kept.remove(ASKED); // It is older than what Odoo says now.
      put(kept, ODOO, url);
    }
    if (url != null) {
      put(kept, SERVER, wish.server());
    }
  }

  private static String allowed(String url) {
    try {
      return url == null || url.isBlank() ? null : PageAddress.checked(url);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * Shows this page from now on.
   *
   * @param url was checked
   * @param server the paired Odoo, {@code null} for none
   */
  synchronized void ask(String url, String server) {
    Map<String, Object> kept = kept();
    Map<String, Object> next = new LinkedHashMap<>(kept);
    put(next, ASKED, url);
    put(next, SERVER, server);
    keep(kept, next);
  }

  /** Goes back to what Odoo has for this display. */
  synchronized void forget() {
    Map<String, Object> kept = kept();
    Map<String, Object> next = new LinkedHashMap<>(kept);
    next.remove(ASKED);
    next.remove(ORIENTATION);
    keep(kept, next);
  }

  /** How the picture was turned. */
  synchronized Optional<String> orientation() {
    return text(kept(), ORIENTATION);
  }

  /** The picture is turned like this. */
  synchronized void turned(Orientation orientation) {
    Map<String, Object> kept = kept();
    Map<String, Object> next = new LinkedHashMap<>(kept);
    put(next, ORIENTATION, orientation.word());
    keep(kept, next);
  }

  /**
   * What to tell whoever wanted something if it is forgotten at the next start; {@code null} if it
   * is kept.
   */
  synchronized String loss() {
    return unkept == null
        ? null
        : "This lasts until the box is started again, as it cannot be kept; the log says why.";
  }

  private Map<String, Object> kept() {
    return unkept == null ? settings.of(display) : new LinkedHashMap<>(unkept);
  }

  private void keep(Map<String, Object> before, Map<String, Object> now) {
    if (before.equals(now)) {
      return;
    }
    try {
      settings.keep(display, now);
      unkept = null;
    } catch (IOException e) {
      LOG.warn("What {} shows is forgotten at the next start, as it cannot be kept", display, e);
      unkept = now;
    }
  }

  private static void put(Map<String, Object> kept, String name, String value) {
    if (value == null) {
      kept.remove(name);
    } else {
      kept.put(name, value);
    }
  }

  private static Optional<String> text(Map<String, Object> kept, String name) {
    return kept.get(name) instanceof String text && !text.isBlank()
        ? Optional.of(text)
        : Optional.empty();
  }
}
