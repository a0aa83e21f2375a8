package iotbox.box.http.log;

import io.javalin.http.Context;
import iotbox.box.http.caller.OwnerCheck;
import iotbox.box.http.message.RefusedException;
import iotbox.box.http.message.Streams;
import iotbox.box.http.part.LogFeed;
import iotbox.box.tally.Tally;
import iotbox.loader.Handlers;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * {@code GET /api/logs/stream}: the last records of the log and then each new one, as server-sent
 * events. It goes on where {@code Last-Event-ID} says, as far as that is still known.
 */
public final class LogStreamRoute {
  /** One owner, with a page or two in some browsers. */
  public static final int MAX_STREAMS = 20;

  private final LogFeed feed;
  private final Supplier<Handlers> handlers;
  private final OwnerCheck owner;
  private final Executor answers;
  private final Streams streams;

  /**
   * @param owner says whether who reads along is still logged in
   * @param answers where records are written
   * @param refusals where readers are counted that are one too many
   */
  public LogStreamRoute(
      LogFeed feed,
      Supplier<Handlers> handlers,
      OwnerCheck owner,
      Executor answers,
      Tally refusals) {
    this.feed = feed;
    this.handlers = handlers;
    this.owner = owner;
    this.answers = answers;
    this.streams =
        new Streams(
            MAX_STREAMS,
            "The log is already read along " + MAX_STREAMS + " times; close other pages.",
            answers,
            refusals);
  }

  public void open(Context ctx) throws RefusedException {
    long last = lastSeen(ctx.header("Last-Event-ID"));
    BooleanSupplier entitled = owner.lasting(ctx);
    LogEntries entries = new LogEntries(feed.run(), handlers);
    streams.open(
        ctx, stream -> new LogStream(feed, entries, stream, entitled, answers).start(last));
  }

  /** 0 if that is nothing of this run of the box: then everything is new. */
  private long lastSeen(String id) throws RefusedException {
    if (id == null || id.isEmpty()) {
      return 0;
    }
    String[] parts = id.split("-", 2);
    if (parts.length < 2 || !parts[1].matches("\\d{1,18}")) {
      throw new RefusedException(400, "Last-Event-ID must be the id of a record, such as x1y2-17.");
    }
    return parts[0].equals(feed.run()) ? Long.parseLong(parts[1]) : 0;
  }
}
