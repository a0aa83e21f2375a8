package iotbox.stock.printer.mdns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The line on which everybody in the local network announces and asks: UDP port 5353, which it
 * shares with whoever else on this machine does the same. Never blocks. For one thread at a time.
 */
final class MulticastLine {
  private static final int PORT = 5353;
  private static final InetSocketAddress EVERYBODY = everybody();
  private static final int MOST_BYTES = 9_000;
  private static final int MOST_AT_ONCE = 500;

  private final ByteBuffer packet = ByteBuffer.allocate(MOST_BYTES);
  private final Set<String> joined = new LinkedHashSet<>();
  private DatagramChannel channel;

  private static InetSocketAddress everybody() {
    try {
      return new InetSocketAddress(
          InetAddress.getByAddress(new byte[] {(byte) 224, 0, 0, (byte) 251}), PORT);
    } catch (IOException e) {
      throw new IllegalStateException(e); // It has four bytes.
    }
  }

  /** Listens there, too, from now on. One that cannot be listened at is left out. */
  void listen(List<NetworkInterface> interfaces) throws IOException {
    if (channel == null) {
      channel = open();
    }
    Set<String> there = new LinkedHashSet<>();
    for (NetworkInterface each : interfaces) {
      String key = each.getName() + " " + each.inetAddresses().toList();
      there.add(key);
      if (joined.add(key)) {
        try {
          channel.join(EVERYBODY.getAddress(), each);
        } catch (IOException | IllegalStateException e) {
          // Joined already with another address, or it has none of this kind.
        }
      }
    }
    joined.retainAll(there);
  }

  private static DatagramChannel open() throws IOException {
    DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 255);
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      if (channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
        channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      }
      return channel.bind(new InetSocketAddress(PORT));
    } catch (IOException e) {
      channel.close();
      throw new IOException("UDP port " + PORT + " cannot be shared: " + e.getMessage(), e);
    }
  }

  /** Asks everybody. Somebody who cannot be asked does not keep the others from it. */
  void send(ByteBuffer query, List<NetworkInterface> interfaces) throws IOException {
    IOException trouble = null;
    boolean sent = interfaces.isEmpty();
    for (NetworkInterface each : interfaces) {
      try {
        channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, each);
        channel.send(query.duplicate(), EVERYBODY);
        sent = true;
      } catch (IOException e) {
        trouble = e;
      }
    }
    if (!sent) {
      throw trouble;
    }
  }

  /** What has been heard since the last time; bounded, the rest comes the next time. */
  List<DnsRecord> heard() throws IOException {
    List<DnsRecord> records = new ArrayList<>();
    for (int i = 0; i < MOST_AT_ONCE && channel != null; i++) {
      packet.clear();
      if (channel.receive(packet) == null) {
        break;
      }
      records.addAll(DnsMessage.answers(packet.flip()));
    }
    return records;
  }

  void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // Nothing of it is needed any more.
    }
  }
}
