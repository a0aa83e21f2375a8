package iotbox.box.thread;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes every thread of the box, so that one look tells which there are. All are daemons: the box
 * ends when the program says so, not when a foreign loop feels like it. And none inherits anything
 * from the thread on which it is made: that may be in the middle of a handler, whose classes would
 * then stay in memory with the thread.
 */
public final class BoxThreads implements AutoCloseable {
  private static final int IDLE_HANDLER_MILLIS = 500;

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, named("timer"));

  private final ThreadFactory handlers = named("handler");

  /** Guarded by itself. Weak, since they come and go with handlers. */
  private final Set<ExecutorService> foreign = Collections.newSetFromMap(new WeakHashMap<>());

  private final ExecutorService work = Executors.newCachedThreadPool(named("work"));

  public BoxThreads() {
    timer.setRemoveOnCancelPolicy(true);
    // The JDK's one thread for time-outs of futures lives for ever and would belong to the first
    // handler that uses it; so it is made here.
    new CompletableFuture<Void>().completeOnTimeout(null, 0, TimeUnit.SECONDS);
  }

  /** For deadlines and delays; its tasks must not block. */
  public ScheduledExecutorService timer() {
    return timer;
  }

  /**
   * For the box's own work that may block. Threads are made as needed and end after a minute of
   * idleness.
   */
  public ExecutorService work() {
    return work;
  }

  /**
   * New threads for the calls into one handler, which may hang: as many as it has calls at a time.
   * Only the guard uses them.
   *
   * <p>A thread waits a moment for the next call, since to make one takes longer than most actions
   * do. It serves no other handler, and what its handler leaves in it, such as the values of its
   * ThreadLocals, goes with it soon.
   */
  public Executor foreign() {
    ExecutorService threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_HANDLER_MILLIS,
            TimeUnit.MILLISECONDS,
            new SynchronousQueue<>(),
            handlers);
    synchronized (foreign) {
      foreign.add(threads);
    }
    return threads;
  }

  /** A single thread for work that must be done in order. */
  public ScheduledExecutorService single(String name) {
    ScheduledThreadPoolExecutor single = new ScheduledThreadPoolExecutor(1, named(name));
    single.setRemoveOnCancelPolicy(true);
    single.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return single;
  }

  @Override
  public void close() {
    timer.shutdownNow();
    work.shutdownNow();
    synchronized (foreign) {
      foreign.forEach(ExecutorService::shutdownNow);
    }
  }

  private static ThreadFactory named(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(null, task, name + "-" + count.incrementAndGet(), 0, false);
      thread.setDaemon(true);
      thread.setContextClassLoader(BoxThreads.class.getClassLoader());
      return thread;
    };
  }
}
