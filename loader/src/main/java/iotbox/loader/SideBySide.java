package iotbox.loader;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Does the same to many things on all processors: on the caller's thread and on helping ones, of
 * which none need ever be free.
 */
final class SideBySide {
  private final Executor helpers;
  private final int threads;

  /**
   * @param helpers lends threads
   * @param threads how many work at a time at most, the caller's one included
   */
  SideBySide(Executor helpers, int threads) {
    this.helpers = helpers;
    this.threads = threads;
  }

  /**
   * Does it to each; answers the results in the order of the things. Blocks until all is done. What
   * the work throws for the first of those that fail is thrown here.
   */
  <T, R> List<R> each(List<T> things, Function<T, R> work) {
    List<CompletableFuture<R>> results =
        Stream.generate(CompletableFuture<R>::new).limit(things.size()).toList();
    AtomicInteger next = new AtomicInteger();
    Runnable some =
        () -> {
          for (int i = next.getAndIncrement(); i < things.size(); i = next.getAndIncrement()) {
            try {
              results.get(i).complete(work.apply(things.get(i)));
            } catch (RuntimeException | Error e) {
              results.get(i).completeExceptionally(e);
            }
          }
        };
    for (int helper = 1; helper < Math.min(threads, things.size()); helper++) {
      try {
        helpers.execute(some);
      } catch (RejectedExecutionException e) {
        break; // The box stops. The caller does it alone, or is stopped as well.
      }
    }
    some.run();
    return results.stream().map(SideBySide::result).toList();
  }

  /** Has a helping thread do it, if one is free; returns at once. */
  void aside(Runnable work) {
    try {
      helpers.execute(work);
    } catch (RejectedExecutionException e) {
      return; // The box stops.
    }
  }

  private static <R> R result(CompletableFuture<R> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    }
  }
}
