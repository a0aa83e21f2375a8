package iotbox.box.access;

import java.util.Arrays;

/**
 * Where a request comes from.
 *
 * @param text the IP address
 */
public record RemoteAddress(String text) {
  private static final int V6_NETWORK_PARTS = 4;

  /** Whether it is the box's own machine. */
  boolean isLocal() {
    String bare = bare();
    return bare.startsWith("127.") || bare.equals("0:0:0:0:0:0:0:1") || bare.equals("::1");
  }

  /** What one subscriber has: an address, or in IPv6 a network of addresses. */
  String network() {
    String bare = bare();
    String[] parts = bare.split(":");
    return parts.length == 2 * V6_NETWORK_PARTS
        ? String.join(":", Arrays.copyOf(parts, V6_NETWORK_PARTS))
        : bare;
  }

  /** Without the brackets, and without the card of this machine, that IPv6 may have. */
  private String bare() {
    return text.replaceAll("[\\[\\]]|%.*", "");
  }

  @Override
  public String toString() {
    return text;
  }
}
