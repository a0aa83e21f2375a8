package iotbox.box.http.live;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What differs between two statuses of the box, in the form in which pages are told. */
final class Difference {
  /** The lists whose entries have a name of their own, and what it is called. */
  private static final Map<String, String> NAMES =
      Map.of("devices", "identifier", "handlers", "file", "interfaces", "className");

  /** Grows by itself; a page that knows it once knows it for ever. */
  private static final String UPTIME = "uptimeSeconds";

  private Difference() {}

  /**
   * The parts of the status that are not as before; empty if all are. Of a list whose entries have
   * names: {@code {"changed": [entries], "gone": [names]}}, where what is new comes at the end; or
   * the whole list if that would give another order.
   */
  static Map<String, Object> between(Map<String, Object> before, Map<String, Object> after) {
    Map<String, Object> different = new LinkedHashMap<>();
    after.forEach(
        (part, now) -> {
          Object then = before.get(part);
          if (!same(then, now)) {
            String name = NAMES.get(part);
            different.put(part, name == null ? now : list(entries(then), entries(now), name));
          }
        });
    return different;
  }

  private static boolean same(Object then, Object now) {
    if (then instanceof Map<?, ?> one
        && now instanceof Map<?, ?> other
        && one.containsKey(UPTIME)
        && one.size() == other.size()) {
      return one.entrySet().stream()
          .allMatch(
              entry ->
                  UPTIME.equals(entry.getKey())
                      || Objects.equals(entry.getValue(), other.get(entry.getKey())));
    }
    return Objects.equals(then, now);
  }

  private static List<?> entries(Object list) {
    return list instanceof List<?> entries ? entries : List.of();
  }

  private static Object list(List<?> before, List<?> after, String name) {
    Map<Object, Object> then = byName(before, name);
    Map<Object, Object> now = byName(after, name);
    List<Object> changed = new ArrayList<>();
    now.forEach(
        (key, entry) -> {
          if (!entry.equals(then.get(key))) {
            changed.add(entry);
          }
        });
    List<Object> gone = new ArrayList<>();
    List<Object> order = new ArrayList<>();
    then.keySet().forEach(key -> (now.containsKey(key) ? order : gone).add(key));
    now.keySet().stream().filter(key -> !then.containsKey(key)).forEach(order::add);
    boolean plain = order.equals(new ArrayList<>(now.keySet())) && now.size() == after.size();
    return plain ? Map.of("changed", changed, "gone", gone) : after;
  }

  private static Map<Object, Object> byName(List<?> entries, String name) {
    Map<Object, Object> named = new LinkedHashMap<>();
    entries.forEach(entry -> named.put(((Map<?, ?>) entry).get(name), entry));
    return named;
  }
}
