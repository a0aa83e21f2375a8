package iotbox.stock.printer.found;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Puts sightings of the same printer together. */
final class SamePrinters {
  private SamePrinters() {}

  /**
   * The printers, in the order of the best sighting of each; never empty lists.
   *
   * <p>Two queues of CUPS stay two devices even if they lead to the same printer: somebody made two
   * of them, with different paper perhaps.
   */
  static List<List<Sighting>> among(List<Sighting> sightings) {
    List<Sighting> rest = new ArrayList<>(sightings);
    rest.sort(Comparator.comparing(Sighting::way));
    List<List<Sighting>> printers = new ArrayList<>();
    while (!rest.isEmpty()) {
      printers.add(takeSame(rest));
    }
    return printers;
  }

  private static List<Sighting> takeSame(List<Sighting> rest) {
    List<Sighting> same = new ArrayList<>(List.of(rest.remove(0)));
    Set<String> marks = new HashSet<>(same.get(0).marks());
    boolean grown = true;
    while (grown) {
      grown = false;
      for (Sighting other : List.copyOf(rest)) {
        if (other.marks().stream().anyMatch(marks::contains) && goTogether(same, other)) {
          rest.remove(other);
          same.add(other);
          grown |= marks.addAll(other.marks());
        }
      }
    }
    return same;
  }

  /** Each finder tells its own printers apart by itself. */
  private static boolean goTogether(List<Sighting> same, Sighting other) {
    return same.stream()
        .allMatch(each -> each.way() != other.way() || each.key().equals(other.key()));
  }
}
