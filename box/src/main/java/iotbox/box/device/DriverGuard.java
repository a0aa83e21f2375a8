package iotbox.box.device;

import iotbox.box.thread.BoxThreads;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The only caller of handlers' code. Every call gets a thread that may be lost to it and a
 * deadline: when that passes, the thread is interrupted, its stack is kept for people to see, and
 * the box goes on without it. Nothing that a handler throws gets past here, {@code Error}s
 * included.
 */
public final class DriverGuard {
  private final BoxThreads threads;
  private final ClassValue<ClassLoader> contexts =
      new ClassValue<>() {
        @Override
        protected ClassLoader computeValue(Class<?> handler) {
          return new HandlerContext(handler);
        }
      };

  private final ClassValue<CallTimes> times =
      new ClassValue<>() {
        @Override
        protected CallTimes computeValue(Class<?> handler) {
          return CallTimes.of(handler);
        }
      };

  private final ClassValue<Executor> executors =
      new ClassValue<>() {
        @Override
        protected Executor computeValue(Class<?> handler) {
          return threads.foreign();
        }
      };

  public DriverGuard(BoxThreads threads) {
    this.threads = threads;
  }

  /**
   * Starts a call on a thread for handlers and returns at once. The outcome completes on that
   * thread, or on the timer's at the deadline.
   *
   * @param handler whose code it is
   * @param what the method, for messages
   */
  <T> GuardedCall<T> call(Class<?> handler, String what, Duration deadline, Callable<T> foreign) {
    GuardedCall<T> call = endless(handler, what, foreign);
    call.disarm(
        threads
            .timer()
            .schedule(() -> call.stall(deadline), deadline.toMillis(), TimeUnit.MILLISECONDS));
    return call;
  }

  /** Starts a call that may go on as long as it likes: a driver's loop. */
  <T> GuardedCall<T> endless(Class<?> handler, String what, Callable<T> foreign) {
    GuardedCall<T> call =
        new GuardedCall<>(handler.getSimpleName() + "." + what, context(handler), foreign);
    executors.get(handler).execute(call);
    return call;
  }

  /** How long calls into this handler may take. */
  CallTimes times(Class<?> handler) {
    return times.get(handler);
  }

  /** The context class loader of all threads that begin in this handler's code. */
  ClassLoader context(Class<?> handler) {
    return contexts.get(handler);
  }
}
