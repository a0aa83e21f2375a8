package iotbox.box.http.log;

import iotbox.box.http.message.OpenStream;
import iotbox.box.http.message.Streams;
import iotbox.box.http.part.LogFeed;
import iotbox.box.http.part.LogRecord;
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
  /** What comes within it is written at once: a driver may log a thousand times a second. */
  private static final Duration GATHERING = Duration.ofMillis(100);

  private final LogFeed feed;
  private final LogEntries entries;
  private final OpenStream stream;
  private final BooleanSupplier entitled;
  private final Executor gathering;

  /**
   * @param entitled whether the reader may still read
   * @param answers where records are written
   */
  LogStream(
      LogFeed feed,
      LogEntries entries,
      OpenStream stream,
      BooleanSupplier entitled,
      Executor answers) {
    this.feed = feed;
    this.entries = entries;
    this.stream = stream;
    this.entitled = entitled;
    this.gathering =
        CompletableFuture.delayedExecutor(GATHERING.toMillis(), TimeUnit.MILLISECONDS, answers);
  }

  /**
   * Goes on until the client goes away, is too slow, is logged out, or the box stops; does not
   * block.
   *
   * @param last the number of the record that the reader got last
   */
  void start(long last) {
    stream.writeSign(() -> next(last)); // The client hears at once that it is connected.
  }

  private void next(long last) {
    stream.await(() -> news(last), gathering, nothing -> take(last));
  }

  private CompletableFuture<Void> news(long last) {
    return feed.news(last)
        .completeOnTimeout(null, Streams.SIGN_OF_LIFE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void take(long last) {
    if (feed.isOver() || !entitled.getAsBoolean()) {
      stream.end();
      return;
    }
    List<LogRecord> records = feed.after(last);
    if (records.isEmpty()) {
      stream.writeSign(() -> next(last));
    } else {
      long now = records.get(records.size() - 1).number();
      stream.write(entries.messages(records, last), () -> next(now));
    }
  }
}
