package iotbox.box.tally;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long things took: of whom, with what outcome, and how many of them up to which time. Bounded
 * as {@link Tally} is. Safe for all threads; no lock.
 */
public final class Durations {
  /** In seconds: from an action that turns a bit to one that prints a long page. */
  private static final double[] BOUNDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
  };

  private static final double NANOS = 1e9;

  private record Key(String who, String outcome) {}

  private static final class Cell {
    private final LongAdder[] counts = new LongAdder[BOUNDS.length + 1];
    private final LongAdder nanos = new LongAdder();

    Cell() {
      Arrays.setAll(counts, index -> new LongAdder());
    }

    void add(long duration) {
      int index = Arrays.binarySearch(BOUNDS, duration / NANOS);
      counts[index < 0 ? -index - 1 : index].increment();
      nanos.add(duration);
    }
  }

  /**
   * What was counted of one, with one outcome.
   *
   * @param counts how many took no longer than each of {@link #bounds}, but longer than the one
   *     before it; the last: longer than all
   * @param seconds all of them together
   */
  public record Counted(String who, String outcome, long[] counts, double seconds) {
    /** How many there were. */
    public long count() {
      return Arrays.stream(counts).sum();
    }
  }

  private final Map<Key, Cell> cells = new ConcurrentHashMap<>();

  /** One more; does not block. */
  public void add(String who, String outcome, long nanos) {
    Key key = new Key(who, outcome);
    Cell cell = cells.get(key);
    if (cell == null) {
      Key kept = cells.size() < Tally.MOST ? key : new Key(Tally.OTHER, outcome);
      cell = cells.computeIfAbsent(kept, added -> new Cell());
    }
    cell.add(nanos);
  }

  /** Upper bounds of the counts but the last, in seconds, rising. */
  public static double[] bounds() {
    return BOUNDS.clone();
  }

  /** What was counted up to now, sorted; a copy. */
  public List<Counted> now() {
    List<Counted> copy = new ArrayList<>();
    cells.forEach(
        (key, cell) ->
            copy.add(
                new Counted(
                    key.who,
                    key.outcome,
                    Arrays.stream(cell.counts).mapToLong(LongAdder::sum).toArray(),
                    cell.nanos.sum() / NANOS)));
    copy.sort(Comparator.comparing(Counted::who).thenComparing(Counted::outcome));
    return copy;
  }
}
