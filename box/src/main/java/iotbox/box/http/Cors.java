package iotbox.box.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;

/**
 * Lets Odoo's pages, which come from another host, use the routes of the Odoo wire (protocol
 * section 2). The box's own {@code /api} and homepage do not have this.
 */
final class Cors {
  private Cors() {}

  /**
   * Before any route, so that errors have it too: without it the page would not even see the error.
   */
  static void handle(Context ctx) {
    ctx.header("Access-Control-Allow-Origin", "*");
    if (ctx.method() == HandlerType.OPTIONS) {
      preflight(ctx);
      ctx.skipRemainingHandlers();
    }
  }

  private static void preflight(Context ctx) {
    ctx.status(204);
    ctx.header("Access-Control-Allow-Methods", "POST");
    ctx.header(
        "Access-Control-Allow-Headers",
        "Origin, X-Requested-With, Content-Type, Accept, Authorization");
    ctx.header("Access-Control-Max-Age", "86400");
    if ("true".equals(ctx.header("Access-Control-Request-Private-Network"))) {
      ctx.header("Access-Control-Allow-Private-Network", "true");
    }
  }
}
