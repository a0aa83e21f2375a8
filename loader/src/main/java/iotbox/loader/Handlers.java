package iotbox.loader;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * All handlers at one moment: an immutable snapshot of the {@link HandlerRegistry}.
 *
 * @param generation grows by one with every change that took effect
 * @param sets the running sets, the built-in one first
 * @param status one entry for each file, also for those that were refused or skipped
 * @param files what the box has of the files, by path; not of those that came with it
 */
public record Handlers(
    long generation,
    List<HandlerSet> sets,
    List<HandlerStatus> status,
    Map<String, FileVersions> files) {
  public Handlers {
    sets = List.copyOf(sets);
    status = List.copyOf(status);
    files = Map.copyOf(files);
  }

  /** Handlers that came with the box. */
  public Handlers(long generation, List<HandlerSet> sets, List<HandlerStatus> status) {
    this(generation, sets, status, Map.of());
  }

  /** No handlers at all: what was there before the first. */
  public static Handlers none() {
    return new Handlers(0, List.of(), List.of());
  }

  /**
   * The drivers of a connection type in the order in which they are asked: highest effective
   * priority first.
   */
  public List<DriverType> drivers(String connectionType) {
    return drivers().stream()
        .filter(driver -> driver.connectionType().equals(connectionType))
        .sorted(
            Comparator.comparingInt(DriverType::priority)
                .reversed()
                .thenComparing(DriverType::className))
        .toList();
  }

  /** All drivers, in the order of their sets. */
  public List<DriverType> drivers() {
    return sets.stream().flatMap(set -> set.drivers().stream()).toList();
  }

  /** All interfaces, in the order of their sets. */
  public List<InterfaceType> interfaces() {
    return sets.stream().flatMap(set -> set.interfaces().stream()).toList();
  }
}
