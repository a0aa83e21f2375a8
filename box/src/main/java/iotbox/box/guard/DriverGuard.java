package iotbox.box.guard;

import iotbox.box.tally.Tally;
import iotbox.box.thread.Alarm;
import iotbox.box.thread.BoxThreads;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * The only caller of handlers' code. Every call gets a thread that may be lost to it and a
 * deadline: when that passes, the thread is interrupted, its stack is kept for people to see, and
 * the box goes on without it. Nothing that a handler throws gets past here, {@code Error}s
 * included.
 */
public final class DriverGuard {
  private final BoxThreads threads;
  private final Pace pace;
  private final Alarm alarm;
  private final AtomicInteger going = new AtomicInteger();
  private final OverdueCalls overdue = new OverdueCalls();
  private final Tally givenUp =
      new Tally("getDevices", "supported", "constructor", "action", "disconnect");
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
    this(threads, Pace.NORMAL);
  }

  /** One with other patience. */
  public DriverGuard(BoxThreads threads, Pace pace) {
    this(threads, pace, Alarm.of(threads));
  }

  /** One for which time passes otherwise. */
  public DriverGuard(BoxThreads threads, Alarm alarm) {
    this(threads, Pace.NORMAL, alarm);
  }

  private DriverGuard(BoxThreads threads, Pace pace, Alarm alarm) {
    this.threads = threads;
    this.pace = pace;
    this.alarm = alarm;
  }

  /**
   * Starts a call on a thread for handlers and returns at once. The outcome completes on that
   * thread, or on the timer's at the deadline.
   */
  public <T> GuardedCall<T> call(CallName name, Duration deadline, Callable<T> foreign) {
    going.incrementAndGet();
    GuardedCall<T> call = begin(new GuardedCall<>(name, context(name.handler()), foreign));
    call.ended().thenRun(going::decrementAndGet);
    call.disarm(alarm.in(deadline, () -> giveUp(call, deadline)));
    return call;
  }

  /**
   * Starts a call that may go on as long as it likes: a driver's loop.
   *
   * @param after is told the outcome, on the call's thread however early it returns, so that the
   *     caller may hold a lock meanwhile; on the caller's own only if no thread can be had
   */
  public <T> GuardedCall<T> endless(
      CallName name, Callable<T> foreign, BiConsumer<? super T, ? super Throwable> after) {
    GuardedCall<T> call = new GuardedCall<>(name, context(name.handler()), foreign);
    call.outcome().whenComplete(after);
    return begin(call);
  }

  private <T> GuardedCall<T> begin(GuardedCall<T> call) {
    try {
      executors.get(call.name().handler()).execute(call);
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      call.refuse(e); // The box stops; or the system gives it no more threads.
    }
    return call;
  }

  /** Interrupts a call that should have ended {@code after} this time, and waits no longer. */
  public HandlerStall giveUp(GuardedCall<?> call, Duration after) {
    HandlerStall stall = call.stall(after);
    givenUp.add(call.name().kind());
    overdue.add(call, stall, alarm.now());
    call.outcome().completeExceptionally(stall);
    call.interrupt(); // Last, or the handler's own words at that would be the outcome.
    return stall;
  }

  /** How many calls have a deadline and have not come back, be it past or to come. */
  public int going() {
    return going.get();
  }

  /** The calls past their deadline that go on nevertheless. */
  public List<OverdueCall> overdue() {
    return overdue.now();
  }

  /** How many calls were past their deadline up to now, by {@link CallName#kind()}. */
  public Map<String, Long> givenUp() {
    return givenUp.now();
  }

  /** As {@link OverdueCalls#objection}. */
  public String objection(CallName wanted) {
    return overdue.objection(wanted);
  }

  /** How long calls into this handler may take. */
  public CallTimes times(Class<?> handler) {
    return times.get(handler);
  }

  /** How long the box waits before it tries again. */
  public Pace pace() {
    return pace;
  }

  /** The clock and the timer for all that has to do with handlers. */
  public Alarm alarm() {
    return alarm;
  }

  /** The context class loader of all threads that begin in this handler's code. */
  public ClassLoader context(Class<?> handler) {
    return contexts.get(handler);
  }
}
