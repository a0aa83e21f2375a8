package iotbox.box.http.message;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A stream of server-sent events that is open to one client: writes piece after piece, and waits
 * for what is to be told next. It ends when the client goes away or is too slow, and then nothing
 * that was to follow is done. Safe for all threads; nothing here blocks.
 */
public final class OpenStream {
  private static final byte[] COMMENT = ": here\n\n".getBytes(StandardCharsets.US_ASCII);

  private final StreamWriter writer;
  private final CompletableFuture<Void> ended;
  private volatile CompletableFuture<?> awaited = CompletableFuture.completedFuture(null);

  /**
   * @param ended is completed when the stream ends, and ends it when completed by others
   */
  OpenStream(StreamWriter writer, CompletableFuture<Void> ended) {
    this.writer = writer;
    this.ended = ended;
    ended.whenComplete((nothing, failure) -> awaited.cancel(false));
  }

  /**
   * Writes one piece, the one before having been written.
   *
   * @param then is done when the client has taken it, on one of the threads for answers
   * @return is done when the client has taken it, and fails when it has gone
   */
  public CompletableFuture<Void> write(byte[] piece, Runnable then) {
    CompletableFuture<Void> written = writer.write(piece);
    written.whenComplete(
        (nothing, failure) -> {
          if (failure == null) {
            then.run();
          } else {
            end();
          }
        });
    return written;
  }

  /** Writes what clients pass over, so that they and all between see that the box is there. */
  public void writeSign(Runnable then) {
    write(COMMENT, then);
  }

  /**
   * Waits for news, and for one thing at a time.
   *
   * @param news asks for it; cancelled when the stream ends
   * @param on where it is taken
   * @param then takes it; not called if there can be none
   */
  public <T> void await(Supplier<CompletableFuture<T>> news, Executor on, Consumer<T> then) {
    if (isEnded()) {
      return;
    }
    CompletableFuture<T> next = news.get();
    awaited = next;
    if (isEnded()) {
      next.cancel(false); // It ended before it could know of this.
    }
    next.whenCompleteAsync(
        (told, failure) -> {
          if (failure == null) {
            then.accept(told);
          }
        },
        on);
  }

  /** There is nothing more to come. */
  public void end() {
    ended.complete(null);
  }

  public boolean isEnded() {
    return ended.isDone();
  }

  /** Does this at the end, whoever ends it, or now if that has been. */
  public void whenEnded(Runnable action) {
    ended.whenComplete((nothing, failure) -> action.run());
  }
}
