package iotbox.box.http.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DifferenceTest {
  @Test
  void nothingDiffersWhereOnlyTimePasses() {
    assertEquals(
        Map.of(),
        Difference.between(
            Map.of("box", Map.of("identifier", "b", "uptimeSeconds", 1)),
            Map.of("box", Map.of("identifier", "b", "uptimeSeconds", 2))));
  }

  @Test
  void aPartThatIsNotAsBeforeIsTold() {
    Map<String, Object> before = Map.of("odoo", Map.of("state", "unpaired"), "generation", 3);
    Map<String, Object> after = Map.of("odoo", Map.of("state", "connected"), "generation", 3);
    assertEquals(Map.of("odoo", Map.of("state", "connected")), Difference.between(before, after));
  }

  @Test
  void ofDevicesOnlyThoseAreToldThatChangedOrAreNew() {
    Map<String, Object> before = devices("a", 1, "b", 1, "c", 1);
    Map<String, Object> after = devices("a", 1, "c", 2, "d", 1);
    assertEquals(
        Map.of(
            "devices",
            Map.of("changed", List.of(device("c", 2), device("d", 1)), "gone", List.of("b"))),
        Difference.between(before, after));
  }

  @Test
  void anotherOrderIsToldAsAWhole() {
    Map<String, Object> after = devices("b", 1, "a", 1);
    assertEquals(after, Difference.between(devices("a", 1, "b", 1), after));
    Map<String, Object> between = devices("a", 1, "new", 1, "b", 1);
    assertEquals(between, Difference.between(devices("a", 1, "b", 1), between));
  }

  /** What a page makes of it is what the box has. */
  @Property
  void whatIsToldLeadsFromOneToTheOther(
      @ForAll @Size(max = 8) List<@IntRange(max = 9) Integer> before,
      @ForAll @Size(max = 8) List<@IntRange(max = 9) Integer> after,
      @ForAll @IntRange(max = 2) int version) {
    Map<String, Object> then = Map.of("devices", entries(before, 0));
    Map<String, Object> now = Map.of("devices", entries(after, version));
    Object told = Difference.between(then, now).get("devices");
    assertEquals(now.get("devices"), applied(entries(before, 0), told));
  }

  private static List<Object> applied(List<Object> entries, Object told) {
    if (told == null) {
      return entries;
    }
    if (told instanceof List<?> whole) {
      return new ArrayList<>(whole);
    }
    Map<Object, Object> all = new LinkedHashMap<>();
    entries.forEach(entry -> all.put(((Map<?, ?>) entry).get("identifier"), entry));
    all.keySet().removeAll((List<?>) ((Map<?, ?>) told).get("gone"));
    for (Object entry : (List<?>) ((Map<?, ?>) told).get("changed")) {
      all.put(((Map<?, ?>) entry).get("identifier"), entry);
    }
    return new ArrayList<>(all.values());
  }

  private static List<Object> entries(List<Integer> names, int version) {
    return new ArrayList<>(
        names.stream().distinct().map(name -> device("d" + name, name % 2 * version)).toList());
  }

  private static Map<String, Object> devices(Object... namesAndVersions) {
    List<Object> devices = new ArrayList<>();
    for (int i = 0; i < namesAndVersions.length; i += 2) {
      devices.add(device((String) namesAndVersions[i], (int) namesAndVersions[i + 1]));
    }
    return Map.of("devices", devices);
  }

  private static Map<String, Object> device(String name, int version) {
    return Map.of("identifier", name, "version", version);
  }
}
