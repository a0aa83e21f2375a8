package iotbox.box.http.message;

import io.javalin.http.Context;
import iotbox.box.tally.Tally;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/** Opens streams of server-sent events, and not more than so many at a time. */
public final class Streams {
  /**
   * A client that does not take a piece within this time is disconnected. As long as events are
   * kept: who is later than that would miss some.
   */
  public static final Duration SLOW = Duration.ofSeconds(5);

  private final int most;
  private final String sentence;
  private final Executor answers;
  private final Tally refusals;
  private final Semaphore free;

  /**
   * @param sentence what is said to one too many
   * @param answers where the next pieces are made
   * @param refusals where those are counted
   */
  public Streams(int most, String sentence, Executor answers, Tally refusals) {
    this.most = most;
    this.sentence = sentence;
    this.answers = answers;
    this.refusals = refusals;
    this.free = new Semaphore(most);
  }

  /** How many there are now. */
  public int count() {
    return most - free.availablePermits();
  }

  /** What is streamed to one client. */
  public interface Stream {
    /**
     * Prepares the stream.
     *
     * @param ended is completed when the stream ends, and ends it when completed by others
     * @return begins it; must not block
     */
    Runnable to(StreamWriter writer, CompletableFuture<Void> ended);
  }

  /** Answers this request with a stream. */
  public void open(Context ctx, Stream stream) throws RefusedException {
    if (!free.tryAcquire()) {
      refusals.add("streams");
      throw new RefusedException(503, sentence);
    }
    // Void as soon as the client goes away, so asked for everything here.
    ctx.contentType("text/event-stream;charset=utf-8").header("Cache-Control", "no-store");
    CompletableFuture<Void> ended = new CompletableFuture<>();
    ended.whenComplete((nothing, failure) -> free.release());
    try {
      Runnable start = stream.to(StreamWriter.of(ctx, answers, SLOW), ended);
      ctx.future(
          () -> {
            AbandonedRequest.watch(ctx.req(), ended);
            start.run();
            return Answers.end(ctx, ended, answers);
          });
    } catch (RuntimeException e) {
      ended.cancel(false);
      throw e;
    }
  }
}
