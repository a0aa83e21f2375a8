package iotbox.box.http;

import io.javalin.http.Context;
import iotbox.box.event.EventHub;
import iotbox.box.event.Listener;
import iotbox.box.http.limit.AnswerQueue;
import iotbox.box.tally.Tally;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * {@code GET /api/events}: the events of all devices, or of those that {@code ?device=} names (an
 * identifier or a type, as often as wanted), as server-sent events. It begins with the next event,
 * or where {@code Last-Event-ID} says, as far as the box still knows.
 */
final class StreamRoute {
  /** Far more than anybody opens, and far less than would hurt. */
  static final int MAX_STREAMS = 1_000;

  /** As long as events are kept: who is later than that would miss some. */
  static final Duration SLOW = Duration.ofSeconds(5);

  /** Shorter than connections, here and in proxies, may be idle. */
  static final Duration SIGN_OF_LIFE = Duration.ofSeconds(20);

  private final EventHub events;
  private final Supplier<String> boxIdentifier;
  private final AnswerQueue answers;
  private final Tally refusals;
  private final Semaphore free = new Semaphore(MAX_STREAMS);

  /**
   * @param answers where events are written
   * @param refusals where streams that are too many are counted
   */
  StreamRoute(
      EventHub events, Supplier<String> boxIdentifier, AnswerQueue answers, Tally refusals) {
    this.events = events;
    this.boxIdentifier = boxIdentifier;
    this.answers = answers;
    this.refusals = refusals;
  }

  void open(Context ctx) throws RefusedException {
    Set<String> devices = Set.copyOf(ctx.queryParams("device"));
    Listener listener = new Listener(null, devices.isEmpty(), devices, lastEvent(ctx));
    if (!free.tryAcquire()) {
      refusals.add("streams");
      throw new RefusedException(
          503, "The box already streams its events " + MAX_STREAMS + " times; close other pages.");
    }
    // Void as soon as the client goes away, so asked for everything here.
    ctx.contentType("text/event-stream;charset=utf-8").header("Cache-Control", "no-store");
    CompletableFuture<Void> ended = new CompletableFuture<>();
    ended.whenComplete((nothing, failure) -> free.release());
    try {
      StreamWriter writer = StreamWriter.of(ctx, answers.threads(), SLOW);
      EventStream stream = new EventStream(events, boxIdentifier, writer, answers, ended);
      ctx.future(
          () -> {
            AbandonedRequest.watch(ctx.req(), ended);
            stream.start(listener);
            return Answers.end(ctx, ended, answers.threads());
          });
    } catch (RuntimeException e) {
      ended.cancel(false);
      throw e;
    }
  }

  /** How many there are now. */
  int count() {
    return MAX_STREAMS - free.availablePermits();
  }

  private double lastEvent(Context ctx) throws RefusedException {
    String last = ctx.header("Last-Event-ID");
    if (last == null || last.isEmpty()) {
      return events.lastEvent();
    }
    try {
      return Double.parseDouble(last);
    } catch (NumberFormatException e) {
      throw new RefusedException(
          400, "Last-Event-ID must be the id of an event, such as 1795312262.000041.");
    }
  }
}
