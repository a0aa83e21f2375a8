package iotbox.loader;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Since when each version of a file is in its state: carries the times over from one status to the
 * next. Not safe for threads.
 */
final class StatusDates {
  private Map<Version, Instant> known = Map.of();

  /** A version in a state; each change of either has a time of its own. */
  private record Version(String file, String hash, HandlerStatus.State state) {
    static Version of(HandlerStatus status) {
      return new Version(status.file(), status.hash(), status.state());
    }
  }

  /**
   * The same entries with hashes and times; those that have a time keep it.
   *
   * @param files what is offered, by path
   */
  List<HandlerStatus> dated(List<HandlerStatus> status, Map<String, HandlerFile> files) {
    Instant now = Instant.now();
    Map<Version, Instant> next = new HashMap<>();
    List<HandlerStatus> dated =
        status.stream()
            .map(
                entry -> {
                  if (entry.since() != null) {
                    return entry;
                  }
                  HandlerFile file = files.get(entry.file());
                  HandlerStatus hashed = entry.of(file == null ? null : file.hash());
                  Version version = Version.of(hashed);
                  Instant since = known.getOrDefault(version, now);
                  next.put(version, since);
                  return hashed.since(since);
                })
            .toList();
    known = next;
    return dated;
  }
}
