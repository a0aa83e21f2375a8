package iotbox.box.http;

import io.javalin.http.Context;
import iotbox.box.health.Health;
import iotbox.box.health.Health.Report;
import iotbox.box.http.message.Answers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * {@code GET /health}: 200 while the box can serve and look for devices, else 503; and {@code
 * /health/live}: 503 only if it should be started again.
 */
final class HealthRoutes {
  /** All that belongs to it. */
  static final String PATH = "/health";

  private final Health health;
  private final Executor answers;

  HealthRoutes(Health health, Executor answers) {
    this.health = health;
    this.answers = answers;
  }

  void all(Context ctx) {
    answer(ctx, Report::all);
  }

  void live(Context ctx) {
    answer(ctx, Report::endedByRestart);
  }

  private void answer(Context ctx, Function<Report, List<String>> troubles) {
    ctx.header("Cache-Control", "no-store");
    CompletableFuture<List<String>> found = health.report().thenApply(troubles);
    ctx.future(() -> found.thenAcceptAsync(reasons -> write(ctx, reasons), answers));
  }

  private static void write(Context ctx, List<String> reasons) {
    ctx.status(reasons.isEmpty() ? 200 : 503);
    Answers.json(ctx, body(reasons));
  }

  /** What is said for these reasons, none of them if all is well. */
  static Map<String, Object> body(List<String> reasons) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("healthy", reasons.isEmpty());
    body.put("reasons", reasons);
    return body;
  }
}
