package iotbox.box.health;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** Threads of the box that wait for ever for each other. What handlers do so is their business. */
final class Deadlock {
  private Deadlock() {}

  static Optional<String> trouble() {
    ThreadMXBean management = ManagementFactory.getThreadMXBean();
    long[] dead = management.findDeadlockedThreads();
    if (dead == null) {
      return Optional.empty();
    }
    return Arrays.stream(management.getThreadInfo(dead))
        .filter(Objects::nonNull)
        .filter(Deadlock::waitsForTheBox)
        .map(info -> info.getThreadName() + " waits for ever for " + info.getLockOwnerName())
        .findFirst();
  }

  private static boolean waitsForTheBox(ThreadInfo thread) {
    return thread.getLockInfo() != null
        && thread.getLockInfo().getClassName().startsWith("iotbox.box.");
  }
}
