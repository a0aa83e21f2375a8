package iotbox.stock.host;

import java.util.List;

/**
 * The box as people should see it at this moment.
 *
 * @param identifier the name under which Odoo knows it
 * @param version of the program
 * @param hostname of this machine
 * @param address the one to open on another device, such as {@code http://192.168.1.5:8069}
 * @param addresses all of them, the likeliest first
 * @param reachable whether other devices can open them
 * @param pairingCode the code to type into Odoo, or {@code null} while there is none
 * @param odooUrl the paired server, or {@code null}
 * @param odooState {@code unpaired connecting connected refused unreachable}
 * @param odooDetail why, in a sentence, or {@code null}
 */
public record BoxFacts(
    String identifier,
    String version,
    String hostname,
    String address,
    List<String> addresses,
    boolean reachable,
    String pairingCode,
    String odooUrl,
    String odooState,
    String odooDetail) {
  public BoxFacts {
    addresses = List.copyOf(addresses);
  }
}
