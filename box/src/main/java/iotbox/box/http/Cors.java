package iotbox.box.http;

import io.javalin.http.Context;

/**
 * Lets Odoo's pages, which come from another host, use the routes of the Odoo wire (protocol
 * section 2). The box's own {@code /api} and homepage do not have this.
 */
final class Cors {
  private Cors() {}

  /** On every answer, errors included: without it the page would not even see the error. */
  static void allow(Context ctx) {
    ctx.header("Access-Control-Allow-Origin", "*");
  }

  /** The answer to {@code OPTIONS}. */
  static void preflight(Context ctx) {
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
