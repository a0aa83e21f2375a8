package iotbox.box;

import iotbox.box.host.HostNetwork;
import iotbox.box.http.part.HttpsView;
import iotbox.box.http.part.NetworkView;
import iotbox.box.option.BoxOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** By which addresses and names browsers reach the box, at any moment and on any thread. */
final class Reach {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private final String bind;
  private final IntSupplier port;
  private final Supplier<HttpsView> https;
  private final List<Supplier<Set<String>>> names;
  private final List<String> allowedHosts;
  private final Supplier<List<String>> addresses;

  /**
   * @param port of plain HTTP
   * @param https {@code null} if it is not wanted
   * @param names give the names that the box has by itself
   * @param allowedHosts those that options brought
   */
  Reach(
      String bind,
      IntSupplier port,
      Supplier<HttpsView> https,
      List<Supplier<Set<String>>> names,
      List<String> allowedHosts) {
    this(bind, port, https, names, allowedHosts, HostNetwork::addresses);
  }

  Reach(
      String bind,
      IntSupplier port,
      Supplier<HttpsView> https,
      List<Supplier<Set<String>>> names,
      List<String> allowedHosts,
      Supplier<List<String>> addresses) {
    this.bind = bind;
    this.port = port;
    this.https = https;
    this.names = List.copyOf(names);
    this.allowedHosts = List.copyOf(allowedHosts);
    this.addresses = addresses;
  }

  NetworkView now() {
    List<String> served = bind.equals(BoxOptions.ALL_ADDRESSES) ? addresses.get() : List.of(bind);
    List<String> hosts = served.isEmpty() ? List.of("127.0.0.1") : served;
    HttpsView secure = https.get();
    List<String> urls = new ArrayList<>();
    for (String host : hosts) {
      urls.add(url("http", host, port.getAsInt(), HTTP));
    }
    String address = urls.get(0);
    if (secure != null && secure.port() != null) {
      if (secure.domain() != null) {
        String trusted = url("https", secure.domain(), secure.port(), HTTPS);
        urls.add(0, trusted);
        // A phone opens no address with a certificate that it does not know without a warning.
        address = trusted;
      }
      for (String host : hosts) {
        urls.add(url("https", host, secure.port(), HTTPS));
      }
    }
    return new NetworkView(
        address,
        !isLoopback(hosts.get(0)),
        urls.stream().distinct().toList(),
        names(),
        allowedHosts);
  }

  private List<String> names() {
    Set<String> all = new TreeSet<>();
    names.forEach(each -> all.addAll(each.get()));
    return Stream.concat(allowedHosts.stream(), all.stream()).distinct().toList();
  }

  private static String url(String scheme, String host, int port, int usual) {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return scheme + "://" + name + (port == usual ? "" : ":" + port);
  }

  private static boolean isLoopback(String host) {
    return host.startsWith("127.") || host.equals("::1") || host.equals("localhost");
  }
}
