package iotbox.box.health;

import iotbox.box.thread.BoxThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Finds out whether the box is well in truth, and not only a process that is there: its timer runs,
 * on which all deadlines hang; its work is done; no thread of the box waits for ever for another;
 * and what else is given.
 *
 * <p>However many ask, it is found out once a second at the most. The lock {@code this} guards what
 * was found last; nothing is looked at under it.
 */
public final class Health {
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final BoxThreads threads;
  private final List<Check> checks;
  private final Duration patience;
  private CompletableFuture<Report> last;
  private long lastNanos;

  /** What is wrong. */
  public record Trouble(String sentence, boolean restartHelps) {}

  /**
   * What was found.
   *
   * @param troubles none if all is well
   */
  public record Report(List<Trouble> troubles) {
    public Report {
      troubles = List.copyOf(troubles);
    }

    /** What is wrong with the box, for people. */
    public List<String> all() {
      return troubles.stream().map(Trouble::sentence).toList();
    }

    /** What of it would be gone if the box were started again. */
    public List<String> endedByRestart() {
      return troubles.stream().filter(Trouble::restartHelps).map(Trouble::sentence).toList();
    }
  }

  /** The health of a box whose work is done by these threads. */
  public Health(BoxThreads threads, List<Check> checks) {
    this(threads, checks, PATIENCE);
  }

  public Health(BoxThreads threads, List<Check> checks, Duration patience) {
    this.threads = threads;
    this.checks = new ArrayList<>(checks);
    this.checks.add(new Check(true, Deadlock::trouble));
    this.patience = patience;
  }

  /** How the box is; does not block. Completes within the patience, on any thread; never fails. */
  public synchronized CompletableFuture<Report> report() {
    long now = System.nanoTime();
    if (last == null || last.isDone() && now - lastNanos > FRESH_NANOS) {
      lastNanos = now;
      last = examine();
    }
    return last.copy(); // Nobody who gives up takes it from the others.
  }

  private CompletableFuture<Report> examine() {
    CompletableFuture<List<Trouble>> timer =
        within(threads.timer(), "its timer does not run", List::of);
    CompletableFuture<List<Trouble>> work =
        within(threads.work(), "its work is not done in time", this::look);
    return timer.thenCombine(
        work,
        (one, other) -> {
          List<Trouble> all = new ArrayList<>(one);
          all.addAll(other);
          return new Report(all);
        });
  }

  private List<Trouble> look() {
    List<Trouble> troubles = new ArrayList<>();
    for (Check check : checks) {
      check
          .look()
          .trouble()
          .ifPresent(sentence -> troubles.add(new Trouble(sentence, check.restartHelps())));
    }
    return troubles;
  }

  /** What is found on these threads; the sentence if they do not find anything in time. */
  private CompletableFuture<List<Trouble>> within(
      Executor on, String sentence, Supplier<List<Trouble>> looking) {
    List<Trouble> late = List.of(new Trouble(sentence, true));
    CompletableFuture<List<Trouble>> found = new CompletableFuture<>();
    try {
      on.execute(
          () -> {
            try {
              found.complete(looking.get());
            } catch (RuntimeException | Error e) {
              found.complete(List.of(new Trouble(sentence + ": " + e, true)));
            }
          });
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      found.complete(late); // It ends, or the system gives it no more threads.
    }
    return found.completeOnTimeout(late, patience.toMillis(), TimeUnit.MILLISECONDS);
  }
}
