package iotbox.stock.place;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Gives what is plugged in a name that stays. Things of one kind (the same ids, the same serial
 * number) cannot be told apart by looking at them, so the place does: what was at a place has the
 * same name whenever something of its kind is there again, whoever else comes or goes meanwhile.
 *
 * <p>The only one of its kind that was ever seen may move: it has the same name at its new place.
 * As soon as there was a twin, a new place means a new name, since nobody can say which of them
 * moved, and a name that silently stands for another scale does more harm than a new one.
 *
 * <p>For one thread at a time.
 */
public final class PlaceNames {
  private static final int MOST = 500;

  private final PlaceMemory memory;

  public PlaceNames(PlaceMemory memory) {
    this.memory = memory;
  }

  /**
   * Something that is plugged in now.
   *
   * @param kind the same for all that look alike
   * @param place where it is, without spaces
   * @param names the names that it might have, the best first: from 0 on, and the last ones for it
   *     alone
   */
  public record Plugged(String kind, String place, IntFunction<String> names) {
    private String key() {
      return place + " " + kind;
    }
  }

  /** A name for each, in the same order. */
  public List<String> of(List<Plugged> plugged) {
    if (plugged.isEmpty()) {
      return List.of(); // The memory is not even read.
    }
    Map<String, String> known = memory.recall();
    Map<String, String> before = Map.copyOf(known);
    String[] names = new String[plugged.size()];
    Set<String> taken = new HashSet<>();
    Set<String> present = new HashSet<>();
    for (int i = 0; i < names.length; i++) {
      String name = known.get(plugged.get(i).key());
      if (name != null && taken.add(name)) {
        names[i] = name;
      }
      present.add(plugged.get(i).key());
    }
    for (int i = 0; i < names.length; i++) {
      if (names[i] == null) {
        names[i] = choose(plugged.get(i), known, taken);
        taken.add(names[i]);
        known.put(plugged.get(i).key(), names[i]);
      }
    }
    if (!known.equals(before)) {
      forgetOldest(known, present);
      memory.keep(known);
    }
    return new ArrayList<>(Arrays.asList(names));
  }

  private static String choose(Plugged plugged, Map<String, String> known, Set<String> taken) {
    List<String> twins =
        known.keySet().stream()
            .filter(key -> isOf(plugged.kind(), key) && !key.equals(plugged.key()))
            .toList();
    if (twins.size() == 1 && !taken.contains(known.get(twins.get(0)))) {
      known.remove(twins.get(0)); // The only one there was: it has moved here.
      twins = List.of();
    }
    Set<String> reserved = new HashSet<>();
    twins.forEach(key -> reserved.add(known.get(key)));
    for (int i = 0; ; i++) {
      String name = plugged.names().apply(i);
      if (!taken.contains(name) && !reserved.contains(name)) {
        return name;
      }
    }
  }

  private static boolean isOf(String kind, String key) {
    return key.substring(key.indexOf(' ') + 1).equals(kind);
  }

  private static void forgetOldest(Map<String, String> known, Set<String> present) {
    Iterator<String> oldest = known.keySet().iterator();
    while (known.size() > MOST && oldest.hasNext()) {
      if (!present.contains(oldest.next())) {
        oldest.remove();
      }
    }
  }
}
