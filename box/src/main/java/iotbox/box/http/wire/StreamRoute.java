package iotbox.box.http.wire;

import io.javalin.http.Context;
import iotbox.box.event.EventHub;
import iotbox.box.event.Listener;
import iotbox.box.http.limit.AnswerQueue;
import iotbox.box.http.message.RefusedException;
import iotbox.box.http.message.Streams;
import iotbox.box.tally.Tally;
import java.util.Set;
import java.util.function.Supplier;

/**
 * {@code GET /api/events}: the events of all devices, or of those that {@code ?device=} names (an
 * identifier or a type, as often as wanted), as server-sent events. It begins with the next event,
 * or where {@code Last-Event-ID} says, as far as the box still knows.
 */
public final class StreamRoute {
  /** Far more than anybody opens, and far less than would hurt. */
  public static final int MAX_STREAMS = 1_000;

  private final EventHub events;
  private final Supplier<String> boxIdentifier;
  private final AnswerQueue answers;
  private final Streams streams;

  /**
   * @param answers where events are written
   * @param refusals where streams that are too many are counted
   */
  public StreamRoute(
      EventHub events, Supplier<String> boxIdentifier, AnswerQueue answers, Tally refusals) {
    this.events = events;
    this.boxIdentifier = boxIdentifier;
    this.answers = answers;
    this.streams =
        new Streams(
            MAX_STREAMS,
            "The box already streams its events " + MAX_STREAMS + " times; close other pages.",
            answers.threads(),
            refusals);
  }

  public void open(Context ctx) throws RefusedException {
    Set<String> devices = Set.copyOf(ctx.queryParams("device"));
    Listener listener = new Listener(null, devices.isEmpty(), devices, lastEvent(ctx, events));
    streams.open(
        ctx, stream -> new EventStream(events, boxIdentifier, stream, answers).start(listener));
  }

  /** How many there are now. */
  public int count() {
    return streams.count();
  }

  /** Where the client wants to go on; from now on if it does not say. */
  public static double lastEvent(Context ctx, EventHub events) throws RefusedException {
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
