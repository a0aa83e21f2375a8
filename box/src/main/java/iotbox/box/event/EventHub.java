package iotbox.box.event;

import iotbox.box.event.EventHistory.Limits;
import iotbox.box.tally.Tally;
import iotbox.box.thread.BoxThreads;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Brings the events of devices to those who wait for them. Every event gets its own time, greater
 * than all before, so that "newer than the last I got" misses nothing and repeats nothing.
 *
 * <p>Nothing is remembered of a listener between its polls: it says itself what it got last.
 *
 * <p>One lock, {@code this}, guards the history, the waiting polls and the last time. It is held
 * for look-ups only: answers and subscribers are called outside it.
 */
public final class EventHub {
  /** Older events are not given to a listener that comes back (protocol section 2). */
  static final Duration REPLAY = Duration.ofSeconds(5);

  /** A tenth of the memory that the box is started with; a camera's picture has some megabytes. */
  private static final Limits LIMITS = new Limits(1_000, 12L << 20, 24L << 20);

  private final Time time;
  private final EventHistory history;
  private final WaitingPolls waiting = new WaitingPolls();
  private final Tally published = new Tally();
  private final List<Consumer<Event>> subscribers = new CopyOnWriteArrayList<>();
  private long lastMicros;
  private boolean sweeping;
  private boolean released;

  public EventHub(BoxThreads threads) {
    this(Time.of(threads), LIMITS);
  }

  EventHub(Time time, Limits limits) {
    this.time = time;
    this.history = new EventHistory(REPLAY, limits);
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
    Set<Poll> reached;
    synchronized (this) {
      event = new Event(nextTime(), deviceIdentifier, deviceType, owner, data);
      history.add(event, time.nanos());
      reached = waiting.takeFor(event);
      sweepLater();
    }
    published.add(deviceType);
    subscribers.forEach(subscriber -> subscriber.accept(event));
    reached.forEach(poll -> poll.answer().complete(Optional.of(event)));
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
      // A time that was never given here is from before a restart, by another clock: such a
      // listener has had nothing of what there is now.
      poll = new Poll(asking.lastEvent() > lastEvent() ? asking.since(0) : asking);
      history.dropOld(time.nanos());
      Optional<Event> kept = history.next(poll.listener());
      if (kept.isPresent() || released) {
        return CompletableFuture.completedFuture(kept);
      }
      waiting.add(poll);
    }
    Runnable callOff =
        time.after(
            patience,
            () -> {
              withdraw(poll);
              poll.answer().complete(Optional.empty());
            });
    poll.answer()
        .whenComplete(
            (event, failure) -> {
              callOff.run();
              withdraw(poll);
            });
    return poll.answer();
  }

  /** {@link Event#time()} of the latest event, whatever became of it; 0 if there was none. */
  public synchronized double lastEvent() {
    return lastMicros / 1e6;
  }

  /**
   * From now on {@code subscriber} gets every event, on the publishing thread; it must not block.
   * Events that are published at the same time may come in any order.
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
    Set<Poll> all;
    synchronized (this) {
      released = true;
      all = waiting.takeAll();
    }
    all.forEach(poll -> poll.answer().complete(Optional.empty()));
  }

  /** How many events there were of each type of devices. */
  public Map<String, Long> published() {
    return published.now();
  }

  /** Whether polls are not held any more. */
  public synchronized boolean isReleased() {
    return released;
  }

  /** Whether nothing is remembered, neither an event nor somebody who waits for one. */
  synchronized boolean isEmpty() {
    return history.isEmpty() && waiting.isEmpty();
  }

  private synchronized void withdraw(Poll poll) {
    waiting.remove(poll);
  }

  /** What nobody asks for any more must go even if nothing else happens. */
  private void sweepLater() {
    if (!sweeping) {
      sweeping = true;
      time.after(REPLAY.plusMillis(1), this::sweep);
    }
  }

  private synchronized void sweep() {
    sweeping = false;
    history.dropOld(time.nanos());
    if (!history.isEmpty()) {
      sweepLater();
    }
  }

  private double nextTime() {
    lastMicros = Math.max(lastMicros + 1, time.micros());
    return lastMicros / 1e6;
  }
}
