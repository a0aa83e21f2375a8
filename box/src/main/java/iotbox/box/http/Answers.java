package iotbox.box.http;

import io.javalin.http.Context;

/** The two forms of an answer without a page. */
final class Answers {
  private Answers() {}

  static void json(Context ctx, Object value) {
    ctx.contentType("application/json;charset=utf-8").result(Json.write(value));
  }

  /** One sentence, for people who look at what a program got. */
  static void sentence(Context ctx, int status, String sentence) {
    ctx.status(status).contentType("text/plain;charset=utf-8").result(sentence + "\n");
  }
}
