package iotbox.box.http.log;

import iotbox.box.http.message.StreamWriter;
import iotbox.box.http.part.LogFeed;
import iotbox.box.http.part.LogRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * One reader of the log. Nothing waits for it but the piece that is being written: what comes
 * meanwhile is in the feed, which is bounded, and what went there is told to be missing.
 */
final class LogStream {
  /** Shorter than connections, here and in proxies, may be idle. */
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(20);

  /** What comes within it is written at once: a driver may log a thousand times a second. */
  private static final Duration GATHERING = Duration.ofMillis(100);

  private static final byte[] COMMENT = ": here\n\n".getBytes(StandardCharsets.US_ASCII);

  private final LogFeed feed;
  private final LogEntries entries;
  private final StreamWriter writer;
  private final BooleanSupplier entitled;
  private final Executor answers;
  private final CompletableFuture<Void> ended;
  private volatile CompletableFuture<?> waiting = CompletableFuture.completedFuture(null);

  /**
   * @param entitled whether the reader may still read
   * @param ended is completed when the stream ends, and ends it when completed by others
   */
  LogStream(
      LogFeed feed,
      LogEntries entries,
      StreamWriter writer,
      BooleanSupplier entitled,
      Executor answers,
      CompletableFuture<Void> ended) {
    this.feed = feed;
    this.entries = entries;
    this.writer = writer;
    this.entitled = entitled;
    this.answers = answers;
    this.ended = ended;
  }

  /**
   * Goes on until the client goes away, is too slow, is logged out, or the box stops; does not
   * block.
   *
   * @param last the number of the record that the reader got last
   */
  void start(long last) {
    ended.whenComplete((nothing, failure) -> waiting.cancel(false));
    write(COMMENT, last); // The client hears at once that it is connected.
  }

  private void next(long last) {
    if (ended.isDone()) {
      return;
    }
    CompletableFuture<Void> news = feed.news(last);
    waiting = news;
    if (ended.isDone()) {
      news.cancel(false); // It ended before it could know of this.
    }
    Executor gathering =
        CompletableFuture.delayedExecutor(GATHERING.toMillis(), TimeUnit.MILLISECONDS, answers);
    news.completeOnTimeout(null, SIGN_OF_LIFE.toMillis(), TimeUnit.MILLISECONDS)
        .whenCompleteAsync(
            (nothing, failure) -> {
              if (failure == null) {
                take(last);
              }
            },
            gathering);
  }

  private void take(long last) {
    if (feed.isOver() || !entitled.getAsBoolean()) {
      ended.complete(null);
      return;
    }
    List<LogRecord> records = feed.after(last);
    if (records.isEmpty()) {
      write(COMMENT, last);
    } else {
      write(entries.messages(records, last), records.get(records.size() - 1).number());
    }
  }

  private void write(byte[] bytes, long last) {
    writer
        .write(bytes)
        .whenComplete(
            (nothing, failure) -> {
              if (failure == null) {
                next(last);
              } else {
                ended.complete(null);
              }
            });
  }
}
