package iotbox.box.event;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The polls to which nothing has come yet, found by what they ask for.
 *
 * <p>Not safe for threads; the hub's lock guards it.
 */
final class WaitingPolls {
  private final Set<Poll> forEverything = new LinkedHashSet<>();
  private final Map<String, Set<Poll>> byName = new HashMap<>();

  void add(Poll poll) {
    if (poll.listener().everything()) {
      forEverything.add(poll);
    }
    for (String name : poll.listener().devices()) {
      byName.computeIfAbsent(name, unknown -> new LinkedHashSet<>()).add(poll);
    }
  }

  /** Without effect if it does not wait. */
  void remove(Poll poll) {
    forEverything.remove(poll);
    for (String name : poll.listener().devices()) {
      Set<Poll> polls = byName.get(name);
      if (polls != null && polls.remove(poll) && polls.isEmpty()) {
        byName.remove(name);
      }
    }
  }

  /** Those that want the event; they wait no longer. */
  Set<Poll> takeFor(Event event) {
    Set<Poll> reached = new LinkedHashSet<>(forEverything);
    reached.addAll(byName.getOrDefault(event.deviceIdentifier(), Set.of()));
    reached.addAll(byName.getOrDefault(event.deviceType(), Set.of()));
    reached.removeIf(poll -> !poll.listener().wants(event));
    reached.forEach(this::remove);
    return reached;
  }

  Set<Poll> takeAll() {
    Set<Poll> all = new LinkedHashSet<>(forEverything);
    byName.values().forEach(all::addAll);
    forEverything.clear();
    byName.clear();
    return all;
  }

  boolean isEmpty() {
    return forEverything.isEmpty() && byName.isEmpty();
  }
}
