package iotbox.box.http.part;

import java.util.List;

/**
 * By which addresses and names browsers reach the box: {@code GET /api/network}.
 *
 * @param address the one to open on another device, such as {@code http://192.168.1.5:8069}
 * @param reachable whether other devices can open it: not where the box serves this machine only
 * @param urls all of them, the likeliest first
 * @param names by which the box may be called besides its addresses, {@code *.} before some
 * @param allowedHosts those of the names that options brought
 */
public record NetworkView(
    String address,
    boolean reachable,
    List<String> urls,
    List<String> names,
    List<String> allowedHosts) {
  public NetworkView {
    urls = List.copyOf(urls);
    names = List.copyOf(names);
    allowedHosts = List.copyOf(allowedHosts);
  }
}
