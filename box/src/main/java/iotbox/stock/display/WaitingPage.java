package iotbox.stock.display;

import java.util.Locale;

/**
 * What customers see instead of the browser's error page while the wanted page is away. It is put
 * into that error page, so that it needs no address.
 */
final class WaitingPage {
  private static final String PAGE =
      """
      <!doctype html>
      <html style="height:100%%;background:#f6f4f7">
      <body style="margin:0;height:100%%;display:flex;flex-direction:column;gap:2vmin;align-items:center;\
      justify-content:center;font-family:system-ui,sans-serif;color:#231d28;cursor:none">
      <p style="margin:0;font-size:6vmin">%s</p>
      <p style="margin:0;font-size:2.2vmin;color:#5d5565">%s</p>
      """;

  private WaitingPage() {}

  /**
   * The page.
   *
   * @param site what is away; an address without anything that would have to be escaped
   */
  static String html(String site, Locale locale) {
    boolean german = locale.getLanguage().equals("de");
    return String.format(
        PAGE,
        german ? "Einen Augenblick, bitte" : "One moment, please",
        site.replaceAll("[<&]", ""));
  }
}
