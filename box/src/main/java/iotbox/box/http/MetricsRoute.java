package iotbox.box.http;

import io.javalin.http.Context;
import iotbox.box.http.message.Answers;
import iotbox.box.http.part.MetricsPage;
import iotbox.box.http.part.Traffic;
import java.util.function.Supplier;

/** {@code GET /metrics}: the box's figures, for Prometheus and what speaks like it. */
final class MetricsRoute {
  private final MetricsPage page;
  private final Supplier<Traffic> traffic;

  MetricsRoute(MetricsPage page, Supplier<Traffic> traffic) {
    this.page = page;
    this.traffic = traffic;
  }

  void show(Context ctx) {
    MetricsPage.Text text = page.text(ctx.header("Accept"), traffic.get());
    Answers.bytes(ctx, text.type(), text.bytes());
  }
}
