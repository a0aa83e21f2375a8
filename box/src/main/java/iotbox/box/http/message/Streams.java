package iotbox.box.http.message;

import io.javalin.http.Context;
import iotbox.box.tally.Tally;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Opens streams of server-sent events, and not more than so many at a time. */
public final class Streams {
  /**
   * A client that does not take a piece within this time is disconnected. As long as events are
   * kept: who is later than that would miss some.
   */
  public static final Duration SLOW = Duration.ofSeconds(5);

  /** Shorter than connections, here and in proxies, may be idle. */
  public static final Duration SIGN_OF_LIFE = Duration.ofSeconds(20);

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

  /**
   * Answers this request with a stream.
   *
   * @param begin writes to it from now on; must not block
   */
  public void open(Context ctx, Consumer<OpenStream> begin) throws RefusedException {
    if (!free.tryAcquire()) {
      refusals.add("streams");
      throw new RefusedException(503, sentence);
    }
    // Void as soon as the client goes away, so asked for everything here.
    ctx.contentType("text/event-stream;charset=utf-8").header("Cache-Control", "no-store");
    CompletableFuture<Void> ended = new CompletableFuture<>();
    ended.whenComplete((nothing, failure) -> free.release());
    try {
      OpenStream stream = new OpenStream(StreamWriter.of(ctx, answers, SLOW), ended);
      ctx.future(
          () -> {
            AbandonedRequest.watch(ctx.req(), ended);
            begin.accept(stream);
            return Answers.end(ctx, ended, answers);
          });
    } catch (RuntimeException e) {
      ended.cancel(false);
      throw e;
    }
  }
}
