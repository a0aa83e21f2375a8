package iotbox.stock.printer.ticket;

import iotbox.stock.host.BoxFacts;
import java.util.ArrayList;
import java.util.List;

/**
 * What the status ticket says, in the order in which it is read.
 *
 * @param title in large letters
 * @param sections a few lines each, with a line's space between
 * @param address for the QR code, or {@code null} if there is none that another device could open
 */
public record Ticket(String title, List<List<String>> sections, String address) {
  public Ticket {
    sections = sections.stream().map(List::copyOf).toList();
  }

  /**
   * The ticket of a box at this moment.
   *
   * @param network how good the ways are, a line each
   */
  public static Ticket of(BoxFacts facts, List<String> network) {
    List<List<String>> sections = new ArrayList<>();
    boolean paired = facts.odooUrl() != null;
    if (facts.pairingCode() != null) {
      sections.add(
          List.of(
              "Odoo is not connected yet.",
              "In Odoo's IoT app click \"Connect\",",
              "then type this code:",
              facts.pairingCode()));
    } else if (!paired) {
      sections.add(List.of("Odoo is not connected yet.", "Pair the box on its page."));
    }
    sections.add(List.of("Identifier:", facts.identifier()));
    sections.add(addresses(facts));
    if (paired) {
      List<String> odoo = new ArrayList<>(List.of("Odoo:", facts.odooUrl(), facts.odooState()));
      if (facts.odooDetail() != null) {
        odoo.add(facts.odooDetail());
      }
      sections.add(odoo);
    }
    if (!network.isEmpty()) {
      List<String> quality = new ArrayList<>(List.of("Network quality:"));
      quality.addAll(network);
      sections.add(quality);
    }
    if (facts.reachable()) {
      sections.add(List.of("The box's page:", facts.address()));
    }
    boolean connected = "connected".equals(facts.odooState());
    return new Ticket(
        connected ? "IoT Box Connected" : "IoT Box Status",
        sections,
        facts.reachable() ? facts.address() : null);
  }

  private static List<String> addresses(BoxFacts facts) {
    if (facts.addresses().isEmpty()) {
      return List.of(
          "The box is in no network.",
          "Check its cable or Wi-Fi, and that the",
          "network gives out addresses (DHCP).");
    }
    List<String> lines = new ArrayList<>();
    lines.add(facts.addresses().size() == 1 ? "Address:" : "Addresses:");
    lines.addAll(facts.addresses());
    return lines;
  }
}
