package iotbox.box.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The forms of an answer without a page. */
final class Answers {
  private Answers() {}

  static void json(Context ctx, Object value) {
    write(ctx, "application/json;charset=utf-8", Json.write(value));
  }

  static void text(Context ctx, String text) {
    write(ctx, "text/plain;charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /** One sentence, for people who look at what a program got. */
  static void sentence(Context ctx, int status, String sentence) {
    ctx.status(status).contentType("text/plain;charset=utf-8").result(sentence + "\n");
  }

  /**
   * Written at once: a result that Javalin writes later goes through a buffer of 8 KiB, which costs
   * more than all else where the answer is short.
   */
  private static void write(Context ctx, String type, byte[] bytes) {
    ctx.contentType(type);
    ctx.res().setContentLength(bytes.length);
    try {
      ctx.res().getOutputStream().write(bytes);
    } catch (IOException e) {
      // The client has gone, which is its right; the server ends the request.
    }
  }
}
