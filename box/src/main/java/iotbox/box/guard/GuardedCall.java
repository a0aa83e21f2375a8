package iotbox.box.guard;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * One call into a handler, on a thread of its own. The lock {@code this} guards {@code thread} and
 * {@code interrupted}, so that an interrupt reaches the handler or nothing, never what the box does
 * afterwards.
 */
public final class GuardedCall<T> implements Runnable {
  private final CallName name;
  private final ClassLoader context;
  private final Callable<T> foreign;
  private final CompletableFuture<T> outcome = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private Thread thread;
  private boolean interrupted;

  GuardedCall(CallName name, ClassLoader context, Callable<T> foreign) {
    this.name = name;
    this.context = context;
    this.foreign = foreign;
  }

  /** What is called. */
  CallName name() {
    return name;
  }

  /**
   * The result or a {@link HandlerFault}; a {@link HandlerStall} at the deadline, even if the call
   * goes on.
   */
  public CompletableFuture<T> outcome() {
    return outcome;
  }

  /** Completes when the handler's code has really returned, which may be never. */
  public CompletableFuture<Void> ended() {
    return ended;
  }

  @Override
  public void run() {
    Thread current = Thread.currentThread();
    ClassLoader usual = current.getContextClassLoader();
    current.setContextClassLoader(context);
    current.setName("handler " + name); // For those who look at threads.
    T result = null;
    HandlerFault fault = null;
    try {
      begin(current);
      result = foreign.call();
    } catch (Throwable anything) { // An Error in a handler is the handler's, not the box's.
      fault = HandlerFault.of(name.toString(), anything);
    } finally {
      end();
      current.setContextClassLoader(usual);
    }
    try {
      if (fault == null) {
        outcome.complete(result);
      } else {
        outcome.completeExceptionally(fault);
      }
    } finally {
      ended.complete(null);
    }
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

  /** Instead of {@link #run}: there is no thread to be had for it. */
  void refuse(Throwable reason) {
    outcome.completeExceptionally(
        new HandlerFault(name + " was not called: no thread can be started", reason));
    ended.complete(null);
  }

  /** Asks the handler to come back; whether it does is up to it. */
  public synchronized void interrupt() {
    interrupted = true;
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Its time is up: tells where the handler is. */
  synchronized HandlerStall stall(Duration deadline) {
    return new HandlerStall(
        name.toString(),
        deadline,
        thread == null ? new StackTraceElement[0] : thread.getStackTrace());
  }

  /** Cancels the alarm when the handler has returned. */
  void disarm(Runnable callOff) {
    ended.thenRun(callOff);
  }
}
