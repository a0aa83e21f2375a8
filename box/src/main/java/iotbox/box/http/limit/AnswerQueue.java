package iotbox.box.http.limit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Where answers that come later are made. The large ones wait for each other: a picture that
 * hundreds listen for is one event, but each of them gets it as an answer of his own, and all of
 * these together would not fit into memory.
 *
 * <p>The lock {@code this} guards who waits and what is on its way; nothing is made under it.
 */
public final class AnswerQueue {
  private static final int LARGE = 256 << 10;

  private final Executor threads;
  private final long most;
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private long onTheirWay;

  private record Waiting(long size, Supplier<CompletableFuture<Void>> answer) {}

  /**
   * @param threads on which answers are made
   */
  public AnswerQueue(Executor threads, Bounds bounds) {
    this.threads = threads;
    this.most = bounds.bodyMemory() / 2;
  }

  /** Those for answers of which nobody fears that they are large. */
  public Executor threads() {
    return threads;
  }

  /** Whether such an answer must wait for its turn. */
  public static boolean isLarge(long size) {
    return size > LARGE;
  }

  /**
   * Has the answer made, in its turn. On any thread; does not block.
   *
   * @param size in bytes, about
   * @param answer makes it; the future is done when the client has it or has gone
   */
  public void add(long size, Supplier<CompletableFuture<Void>> answer) {
    if (!isLarge(size)) {
      threads.execute(answer::get);
      return;
    }
    synchronized (this) {
      waiting.add(new Waiting(size, answer));
    }
    next();
  }

  private void next() {
    List<Waiting> now = new ArrayList<>();
    synchronized (this) {
      // One is always let go, however large.
      while (!waiting.isEmpty()
          && (onTheirWay == 0 || onTheirWay + waiting.element().size <= most)) {
        onTheirWay += waiting.element().size;
        now.add(waiting.remove());
      }
    }
    now.forEach(each -> threads.execute(() -> make(each)));
  }

  private void make(Waiting each) {
    CompletableFuture<Void> done;
    try {
      done = each.answer.get();
    } catch (RuntimeException | Error e) {
      ended(each.size);
      throw e;
    }
    done.whenComplete((nothing, failure) -> ended(each.size));
  }

  private void ended(long size) {
    synchronized (this) {
      onTheirWay -= size;
    }
    next();
  }
}
