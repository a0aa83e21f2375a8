package iotbox.box.tally;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts, each under a word. Words may come from outside (a driver says of which type its device
 * is), so that they are bounded: what comes after {@value #MOST} different ones is counted under
 * {@value #OTHER}. Safe for all threads; no lock.
 */
public final class Tally {
  /** Where what is too much is counted. */
  public static final String OTHER = "other";

  static final int MOST = 100;

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  /**
   * A tally without counts.
   *
   * @param known words that are there from the beginning, as nobody can see the first of a thing
   *     grow from what is not there
   */
  public Tally(String... known) {
    for (String word : known) {
      counts.put(word, new LongAdder());
    }
  }

  /** One more of these; does not block. */
  public void add(String word) {
    LongAdder count = counts.get(word);
    if (count == null) {
      count = counts.computeIfAbsent(counts.size() < MOST ? word : OTHER, added -> new LongAdder());
    }
    count.increment();
  }

  /** How many there were of each, by word; a copy. */
  public Map<String, Long> now() {
    Map<String, Long> copy = new TreeMap<>();
    counts.forEach((word, count) -> copy.put(word, count.sum()));
    return copy;
  }
}
