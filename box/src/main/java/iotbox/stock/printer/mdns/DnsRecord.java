package iotbox.stock.printer.mdns;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One answer.
 *
 * @param name whose it is, in lower case
 * @param seconds how long it holds; 0: no longer
 * @param only whether it replaces all others of its name and kind
 */
record DnsRecord(String name, long seconds, boolean only, Data data) {
  static final int A = 1;
  static final int PTR = 12;
  static final int TXT = 16;
  static final int SRV = 33;

  /** What it says. */
  sealed interface Data {}

  /**
   * There is one of this kind.
   *
   * @param labels of its name; the first is what it is called
   */
  record Pointer(List<String> labels) implements Data {
    Pointer {
      labels = List.copyOf(labels);
    }

    String target() {
      return name(labels);
    }
  }

  /** Where it is. */
  record Service(String host, int port) implements Data {}

  /** What else there is to know about it. */
  record Text(Map<String, String> entries) implements Data {
    /** Of what is on the wire: strings of {@code key=value}, each after its length. */
    static Text of(byte[] bytes) {
      Map<String, String> entries = new LinkedHashMap<>();
      for (int i = 0; i < bytes.length; ) {
        int length = Math.min(bytes[i] & 0xff, bytes.length - i - 1);
        String entry = new String(bytes, i + 1, length, StandardCharsets.UTF_8);
        int equals = entry.indexOf('=');
        if (equals > 0) {
          entries.putIfAbsent(
              entry.substring(0, equals).toLowerCase(Locale.ROOT), entry.substring(equals + 1));
        }
        i += length + 1;
      }
      return new Text(entries);
    }
  }

  /** The address of a host. */
  record Address(InetAddress address) implements Data {}

  /** A name as one text; two are the same whatever their case. */
  static String name(List<String> labels) {
    return String.join(".", labels).toLowerCase(Locale.ROOT);
  }
}
