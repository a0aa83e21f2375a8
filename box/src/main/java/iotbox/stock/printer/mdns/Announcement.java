package iotbox.stock.printer.mdns;

import java.util.Map;

/**
 * A service that announces itself, and where it is.
 *
 * @param name what it is called, the same for all services of one printer
 * @param type such as {@code _ipp}
 * @param address of its host
 * @param port 0 for a service that is not really there
 * @param text what else it says, keys in lower case
 */
public record Announcement(
    String name, String type, String address, int port, Map<String, String> text) {
  public Announcement {
    text = Map.copyOf(text);
  }

  /** What it says under this key; empty for nothing. */
  public String text(String key) {
    return text.getOrDefault(key, "");
  }
}
