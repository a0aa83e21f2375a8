package iotbox.stock.display;

import java.util.Map;

/**
 * What the paired Odoo wants to be shown.
 *
 * @param server the paired one; {@code null} if the box belongs to nobody
 * @param urls by display; displays for which Odoo wants nothing are not there
 */
public record OdooWish(String server, Map<String, String> urls) {
  public OdooWish {
    urls = Map.copyOf(urls);
  }
}
