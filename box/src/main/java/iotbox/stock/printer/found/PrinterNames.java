package iotbox.stock.printer.found;

import iotbox.stock.place.PlaceMemory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives each printer the identifier under which Odoo knows it. It keeps the first one that it ever
 * had, however it is found later: somebody who makes a queue in CUPS for the printer that a point
 * of sale uses already does not have to choose it there again. A name by {@code --printer} is
 * another matter. For one thread at a time.
 */
final class PrinterNames {
  private static final int MOST = 500;

  private final PlaceMemory memory;

  PrinterNames(PlaceMemory memory) {
    this.memory = memory;
  }

  /**
   * An identifier for each, in the same order.
   *
   * @param printers the sightings of each, the best first
   */
  List<String> of(List<List<Sighting>> printers) {
    if (printers.isEmpty()) {
      return List.of(); // The memory is not even read.
    }
    Map<String, String> known = memory.recall();
    Map<String, String> before = Map.copyOf(known);
    String[] names = new String[printers.size()];
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < names.length; i++) {
      names[i] = printers.get(i).get(0).named() ? null : remembered(printers.get(i), known, taken);
    }
    for (int i = 0; i < names.length; i++) {
      if (names[i] == null) {
        names[i] = fresh(printers.get(i).get(0).identifier(), taken);
      }
      for (Sighting sighting : printers.get(i)) {
        known.putIfAbsent(sighting.key(), names[i]);
      }
    }
    if (!known.equals(before)) {
      List<String> keys = new ArrayList<>(known.keySet());
      keys.subList(0, Math.max(0, keys.size() - MOST)).forEach(known::remove);
      memory.keep(known);
    }
    return List.of(names);
  }

  private static String remembered(
      List<Sighting> sightings, Map<String, String> known, Set<String> taken) {
    for (Sighting sighting : sightings) {
      String name = known.get(sighting.key());
      if (name != null && taken.add(name)) {
        return name;
      }
    }
    return null;
  }

  private static String fresh(String wanted, Set<String> taken) {
    String name = wanted;
    for (int i = 2; !taken.add(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }
}
