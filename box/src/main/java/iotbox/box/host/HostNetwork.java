package iotbox.box.host;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.security.Security;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The addresses under which this host can be reached. Asks the system each time, never a name
 * server.
 */
public final class HostNetwork {
  // Bridges and tunnels of containers, virtual machines and VPNs: browsers in the shop do not come
  // through them.
  private static final Pattern INNER =
      Pattern.compile("(docker|veth|br-|virbr|lxc|lxd|cni|flannel|vmnet|vboxnet|tun|tap|wg).*");

  private static final int MAC_LENGTH = "02:fc:00:00:00:01".length();

  private HostNetwork() {}

  /**
   * Names are asked for again after a second where there was no answer, and after ten where there
   * was: a name server that is back, or a server at a new address, is noticed in time. Before the
   * first name is looked up, as Java reads it only then.
   */
  public static void forgetNamesSoon() {
    Security.setProperty("networkaddress.cache.negative.ttl", "1");
    Security.setProperty("networkaddress.cache.ttl", "10");
  }

  /** One IPv4 address of an interface that is up. */
  record Candidate(String interfaceName, int index, String address, boolean site, String mac) {
    private boolean inner() {
      return INNER.matcher(interfaceName).matches();
    }
  }

  /** The IPv4 address to tell Odoo; 127.0.0.1 while there is no network. */
  public static String address() {
    return ranked(candidates()).stream().findFirst().map(Candidate::address).orElse("127.0.0.1");
  }

  /** All IPv4 addresses but loopback, the likeliest first. */
  public static List<String> addresses() {
    return ranked(candidates()).stream().map(Candidate::address).toList();
  }

  /**
   * The MAC address that goes with the likeliest address, such as {@code 02:fc:00:00:00:01}; while
   * there is no network that of the first card; or empty.
   */
  static String mac() {
    return ranked(candidates()).stream()
        .map(Candidate::mac)
        .filter(mac -> !mac.isEmpty())
        .findFirst()
        .orElseGet(HostNetwork::firstCard);
  }

  private static String firstCard() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(network -> !INNER.matcher(network.getName()).matches())
          .sorted(Comparator.comparing(NetworkInterface::getIndex))
          .map(HostNetwork::hardware)
          .filter(mac -> mac.length() == MAC_LENGTH)
          .findFirst()
          .orElse("");
    } catch (SocketException e) {
      return "";
    }
  }

  static List<Candidate> ranked(List<Candidate> candidates) {
    return candidates.stream()
        .sorted(
            Comparator.comparing(Candidate::inner)
                .thenComparing(candidate -> !candidate.site())
                .thenComparing(Candidate::index)
                .thenComparing(Candidate::address))
        .toList();
  }

  private static List<Candidate> candidates() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(HostNetwork::usable)
          .flatMap(
              network ->
                  Collections.list(network.getInetAddresses()).stream()
                      .filter(HostNetwork::reachable)
                      .map(address -> candidate(network, address)))
          .toList();
    } catch (SocketException e) {
      return List.of();
    }
  }

  private static boolean usable(NetworkInterface network) {
    try {
      return network.isUp() && !network.isLoopback();
    } catch (SocketException e) {
      // It vanished between two questions.
      return false;
    }
  }

  private static boolean reachable(InetAddress address) {
    return address instanceof Inet4Address
        && !address.isLoopbackAddress()
        && !address.isLinkLocalAddress();
  }

  private static Candidate candidate(NetworkInterface network, InetAddress address) {
    return new Candidate(
        network.getName(),
        network.getIndex(),
        address.getHostAddress(),
        address.isSiteLocalAddress(),
        hardware(network));
  }

  private static String hardware(NetworkInterface network) {
    try {
      byte[] address = network.getHardwareAddress();
      return address == null ? "" : HexFormat.ofDelimiter(":").formatHex(address);
    } catch (SocketException e) {
      return "";
    }
  }
}
