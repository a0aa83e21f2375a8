package iotbox.box.systemd;

import iotbox.box.thread.BoxThreads;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Whether the box is alive in truth, and not only a process that is there: its timer runs, on which
 * all deadlines hang; its HTTP server answers; no thread of the box waits for ever for another.
 * What handlers do to each other does not count, as the box goes on without them.
 */
public final class Liveness {
  private final BoxThreads threads;
  private final Server server;

  /** The box's own server, asked as any browser would. */
  public interface Server {
    /** Whether it answers within this time; blocks for so long at the most. */
    boolean answersWithin(Duration patience);
  }

  public Liveness(BoxThreads threads, Server server) {
    this.threads = threads;
    this.server = server;
  }

  /** What is wrong, for people; empty if all is well. Blocks for {@code patience} at the most. */
  Optional<String> trouble(Duration patience) throws InterruptedException {
    Duration each = patience.dividedBy(2);
    if (!timerRuns(each)) {
      return Optional.of("its timer does not run");
    }
    if (!server.answersWithin(each)) {
      return Optional.of("its HTTP server does not answer");
    }
    return deadlock();
  }

  private boolean timerRuns(Duration patience) throws InterruptedException {
    CompletableFuture<Void> ran = new CompletableFuture<>();
    try {
      threads.timer().execute(() -> ran.complete(null));
      ran.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException | ExecutionException | RejectedExecutionException e) {
      return false;
    }
  }

  private static Optional<String> deadlock() {
    ThreadMXBean management = ManagementFactory.getThreadMXBean();
    long[] dead = management.findDeadlockedThreads();
    if (dead == null) {
      return Optional.empty();
    }
    return Arrays.stream(management.getThreadInfo(dead))
        .filter(Objects::nonNull)
        .filter(Liveness::waitsForTheBox)
        .map(info -> info.getThreadName() + " waits for ever for " + info.getLockOwnerName())
        .findFirst();
  }

  /** Locks of handlers are their own business. */
  private static boolean waitsForTheBox(ThreadInfo thread) {
    return thread.getLockInfo() != null
        && thread.getLockInfo().getClassName().startsWith("iotbox.box.");
  }
}
