package iotbox.box.tally;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.tally.Durations.Counted;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DurationsTest {
  private final Durations durations = new Durations();

  @Test
  void theyAreCountedUpToTheNextBound() {
    durations.add("Scale", "success", TimeUnit.MILLISECONDS.toNanos(5)); // The bound itself.
    durations.add("Scale", "success", TimeUnit.MILLISECONDS.toNanos(5) + 1);
    durations.add("Scale", "success", TimeUnit.MINUTES.toNanos(10));
    durations.add("Scale", "error", 0);
    durations.add("Printer", "success", 0);

    List<Counted> now = durations.now();
    assertEquals(
        List.of("Printer success", "Scale error", "Scale success"),
        now.stream().map(counted -> counted.who() + " " + counted.outcome()).toList());
    double[] bounds = Durations.bounds();
    int five = Arrays.binarySearch(bounds, 0.005);
    Counted scale = now.get(2);
    assertEquals(1, scale.counts()[five]);
    assertEquals(1, scale.counts()[five + 1]);
    assertEquals(1, scale.counts()[bounds.length], "longer than all bounds");
    assertEquals(3, scale.count());
    assertEquals(600.01, scale.seconds(), 1e-6);
    assertEquals(1, now.get(1).counts()[0]);
  }

  @Test
  void whoIsTooMuchIsSomebodyElse() {
    IntStream.range(0, 1_000).forEach(i -> durations.add("Driver" + i, "success", 1));

    List<Counted> now = durations.now();
    assertEquals(Tally.MOST + 1, now.size());
    assertTrue(now.stream().anyMatch(counted -> counted.who().equals(Tally.OTHER)));
    assertEquals(1_000, now.stream().mapToLong(Counted::count).sum());
  }
}
