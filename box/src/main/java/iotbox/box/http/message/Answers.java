package iotbox.box.http.message;

import io.javalin.http.Context;
import iotbox.box.http.limit.AnswerWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The forms of an answer. None waits for the client: the request stays open until the client has
 * taken all, and no thread with it.
 */
public final class Answers {
  /** What is said where nothing more is known. */
  public static final String FAULT =
      "The box could not answer because of a fault of its own; its log tells more.";

  private static final String TEXT = "text/plain;charset=utf-8";

  private Answers() {}

  /** Answers the future that is done when the client has taken it or has gone. */
  public static CompletableFuture<Void> json(Context ctx, Object value) {
    return bytes(ctx, "application/json;charset=utf-8", Json.write(value));
  }

  public static void text(Context ctx, String text) {
    bytes(ctx, TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** One sentence, for people who look at what a program got. */
  public static void sentence(Context ctx, int status, String sentence) {
    ctx.status(status);
    text(ctx, sentence + "\n");
  }

  /** These bytes, which are not changed afterwards. */
  public static CompletableFuture<Void> bytes(Context ctx, String type, byte[] bytes) {
    ctx.contentType(type);
    CompletableFuture<Void> written = AnswerWriter.write(ctx.req(), bytes);
    hold(ctx, written);
    return written;
  }

  /** What is in this file now. */
  public static void file(Context ctx, Path file) throws IOException {
    ctx.contentType(TEXT);
    hold(ctx, AnswerWriter.write(ctx.req(), file));
  }

  private static void hold(Context ctx, CompletableFuture<Void> written) {
    if (!written.isDone()) {
      ctx.future(() -> end(ctx, written, Runnable::run));
    }
  }

  /**
   * Ends the request when this is done, unless it is void because the client has gone.
   *
   * @param on where
   */
  static CompletableFuture<Void> end(Context ctx, CompletableFuture<Void> done, Executor on) {
    CompletableFuture<Void> request = new CompletableFuture<>();
    done.whenCompleteAsync(
        (nothing, failure) -> {
          try {
            if (ctx.req().isAsyncStarted()) {
              request.complete(null);
            }
          } catch (RuntimeException e) {
            return; // It is void, and Javalin would try to end it for ever.
          }
        },
        on);
    return request;
  }
}
