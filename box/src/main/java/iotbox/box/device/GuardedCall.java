package iotbox.box.device;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * One call into a handler, on a thread of its own. The lock {@code this} guards {@code thread}, so
 * that an interrupt reaches the handler or nothing, never what the box does afterwards.
 */
final class GuardedCall<T> implements Runnable {
  private final String name;
  private final ClassLoader context;
  private final Callable<T> foreign;
  private final CompletableFuture<T> outcome = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private Thread thread;
  private boolean interrupted;

  GuardedCall(String name, ClassLoader context, Callable<T> foreign) {
    this.name = name;
    this.context = context;
    this.foreign = foreign;
  }

  /**
   * The result or a {@link HandlerFault}; a {@link HandlerStall} at the deadline, even if the call
   * goes on.
   */
  CompletableFuture<T> outcome() {
    return outcome;
  }

  /** Completes when the handler's code has really returned, which may be never. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  @Override
  public void run() {
    Thread current = Thread.currentThread();
    ClassLoader usual = current.getContextClassLoader();
    current.setContextClassLoader(context);
    current.setName("handler " + name); // For those who look at threads, Leftovers among them.
    T result = null;
    Throwable thrown = null;
    try {
      begin(current);
      result = foreign.call();
    } catch (InvocationTargetException | ExceptionInInitializerError wrapper) {
      thrown = wrapper.getCause() == null ? wrapper : wrapper.getCause();
    } catch (Throwable anything) { // An Error in a handler is the handler's, not the box's.
      thrown = anything;
    } finally {
      end();
      current.setContextClassLoader(usual);
    }
    if (thrown == null) {
      outcome.complete(result);
    } else {
      outcome.completeExceptionally(HandlerFault.of(name, thrown));
    }
    ended.complete(null);
  }

  private synchronized void begin(Thread current) throws InterruptedException {
    if (interrupted) {
      throw new InterruptedException("not begun");
    }
    thread = current;
  }

  private synchronized void end() {
    thread = null;
    Thread.interrupted(); // A late interrupt must not reach what hangs on the outcome.
  }

  /** Asks the handler to come back; whether it does is up to it. */
  synchronized void interrupt() {
    interrupted = true;
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Gives up waiting: the outcome is a stall, and the handler is interrupted. */
  void stall(Duration deadline) {
    StackTraceElement[] stack;
    synchronized (this) {
      stack = thread == null ? new StackTraceElement[0] : thread.getStackTrace();
    }
    outcome.completeExceptionally(new HandlerStall(name, deadline, stack));
    interrupt();
  }

  /** Cancels the alarm when the handler has returned. */
  void disarm(Future<?> alarm) {
    ended.thenRun(() -> alarm.cancel(false));
  }
}
