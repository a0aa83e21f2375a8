package iotbox.box.event;

import iotbox.box.thread.BoxThreads;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Brings the events of devices to those who wait for them. Every event gets its own time, greater
 * than all before, so that "newer than the last I got" misses nothing and repeats nothing.
 *
 * <p>One lock, {@code this}, guards the history, the waiting polls and the last time. It is held
 * for look-ups only: answers and subscribers are called outside it.
 */
public final class EventHub {
  /** Older events are not given to a listener that comes back (protocol section 2). */
  static final Duration REPLAY = Duration.ofSeconds(5);

  private static final int HISTORY_LIMIT = 10_000;

  private final BoxThreads threads;
  private final Deque<Kept> history = new ArrayDeque<>();
  private final Map<String, Set<Poll>> waiting = new HashMap<>();
  private final List<Consumer<Event>> subscribers = new CopyOnWriteArrayList<>();
  private long lastMicros;
  private boolean released;

  public EventHub(BoxThreads threads) {
    this.threads = threads;
  }

  /**
   * Publishes an event, on any thread; does not block. Subscribers and waiting polls get it before
   * this returns.
   *
   * @param data copied by the caller; not changed afterwards
   */
  public Event publish(
      String deviceIdentifier, String deviceType, String owner, Map<String, Object> data) {
    Event event;
    Set<Poll> reached = new LinkedHashSet<>();
    synchronized (this) {
      event = new Event(nextTime(), deviceIdentifier, deviceType, owner, data);
      history.addLast(new Kept(event, System.nanoTime()));
      dropOld();
      collect(waiting.get(deviceIdentifier), event, reached);
      if (!deviceType.equals(deviceIdentifier)) {
        collect(waiting.get(deviceType), event, reached);
      }
      reached.forEach(this::forget);
    }
    subscribers.forEach(subscriber -> subscriber.accept(event));
    reached.forEach(poll -> poll.answer(Optional.of(event)));
    return event;
  }

  /**
   * The oldest event that the listener has not had, now or as soon as there is one; empty when none
   * came in time. The future completes on the publishing thread or the timer's; cancelling it
   * withdraws the poll, and the event that it would have got is then kept for the listener's next
   * poll like any other.
   */
  public CompletableFuture<Optional<Event>> poll(Listener asking, Duration patience) {
    Poll poll;
    synchronized (this) {
      // A time that was never given here is from before a restart with another clock: start anew.
      Listener listener =
          asking.lastEvent() > lastMicros / 1e6 ? asking.since(lastMicros / 1e6) : asking;
      poll = new Poll(listener);
      dropOld();
      for (Kept kept : history) {
        if (listener.wants(kept.event)) {
          return CompletableFuture.completedFuture(Optional.of(kept.event));
        }
      }
      if (released) {
        return CompletableFuture.completedFuture(Optional.empty());
      }
      for (String device : listener.devices()) {
        waiting.computeIfAbsent(device, name -> new LinkedHashSet<>()).add(poll);
      }
    }
    poll.timeout =
        threads
            .timer()
            .schedule(
                () -> {
                  withdraw(poll);
                  poll.answer(Optional.empty());
                },
                patience.toMillis(),
                TimeUnit.MILLISECONDS);
    poll.answer.whenComplete(
        (event, failure) -> {
          poll.timeout.cancel(false);
          withdraw(poll);
        });
    return poll.answer;
  }

  /**
   * From now on {@code subscriber} gets every event, on the publishing thread; it must not block.
   */
  public void subscribe(Consumer<Event> subscriber) {
    subscribers.add(subscriber);
  }

  /** Ends a subscription. */
  public void unsubscribe(Consumer<Event> subscriber) {
    subscribers.remove(subscriber);
  }

  /** Answers all waiting polls with nothing, and those that still come, since the box stops. */
  public void releaseAll() {
    Set<Poll> all = new LinkedHashSet<>();
    synchronized (this) {
      released = true;
      waiting.values().forEach(all::addAll);
      waiting.clear();
    }
    all.forEach(poll -> poll.answer(Optional.empty()));
  }

  private synchronized void withdraw(Poll poll) {
    forget(poll);
  }

  private void forget(Poll poll) {
    for (String device : poll.listener.devices()) {
      Set<Poll> polls = waiting.get(device);
      if (polls != null && polls.remove(poll) && polls.isEmpty()) {
        waiting.remove(device);
      }
    }
  }

  private static void collect(Set<Poll> polls, Event event, Set<Poll> reached) {
    if (polls == null) {
      return;
    }
    for (Poll poll : polls) {
      if (poll.listener.wants(event)) {
        reached.add(poll);
      }
    }
  }

  private void dropOld() {
    // By the monotonic clock: the other one jumps when a box first hears of the right time.
    long oldest = System.nanoTime() - REPLAY.toNanos();
    while (!history.isEmpty()
        && (history.size() > HISTORY_LIMIT || history.getFirst().nanos - oldest < 0)) {
      history.removeFirst();
    }
  }

  private double nextTime() {
    lastMicros = Math.max(lastMicros + 1, System.currentTimeMillis() * 1000);
    return lastMicros / 1e6;
  }

  private record Kept(Event event, long nanos) {}

  private static final class Poll {
    private final Listener listener;
    private final CompletableFuture<Optional<Event>> answer = new CompletableFuture<>();
    private volatile ScheduledFuture<?> timeout;

    Poll(Listener listener) {
      this.listener = listener;
    }

    void answer(Optional<Event> event) {
      answer.complete(event);
    }
  }
}
