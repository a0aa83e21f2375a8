package iotbox.box.http.caller;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import iotbox.box.access.Origins;
import iotbox.box.access.WebOrigin;
import iotbox.box.http.message.RefusedException;

/**
 * Lets those pages use the routes of the Odoo wire (protocol section 2) that may use the devices,
 * and refuses others before anything is done. What sends no {@code Origin} is a program: a browser
 * sends it with whatever a page of another site may read the answer of, or does by it.
 */
public final class OriginCheck {
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

  private final Origins origins;
  private final String stream;

  /**
   * @param stream the one address of the wire that is read by GET
   */
  public OriginCheck(Origins origins, String stream) {
    this.origins = origins;
    this.stream = stream;
  }

  /**
   * Before any route, so that errors carry the page's permission to read them, too.
   *
   * @throws RefusedException 403 for a page that may not; its site becomes a question to the owner
   */
  public void handle(Context ctx) throws RefusedException {
    String header = ctx.header("Origin");
    if (!origins.areAllAllowed()) {
      ctx.header("Vary", "Origin");
    }
    if (header != null) {
      admit(ctx, header);
    }
    if (ctx.method() == HandlerType.OPTIONS) {
      preflight(ctx);
      ctx.skipRemainingHandlers();
    }
  }

  private void admit(Context ctx, String header) throws RefusedException {
    if (origins.areAllAllowed()) {
      ctx.header(ALLOW_ORIGIN, "*");
      return;
    }
    WebOrigin origin = WebOrigin.of(header).orElse(null);
    if (origin == null) {
      throw new RefusedException(
          403,
          "Pages that are of no site, such as files, may use this box's devices only if it was"
              + " started with --allow-origin '*'.");
    }
    if (isOwn(origin, ctx)) {
      return;
    }
    if (!origins.allows(origin)) {
      origins.asked(origin, ctx.ip());
      throw new RefusedException(
          403,
          "Pages of "
              + origin
              + " may not use this box's devices yet. Open the box's page and press Allow there.");
    }
    ctx.header(ALLOW_ORIGIN, header);
  }

  private void preflight(Context ctx) {
    ctx.status(204);
    ctx.header("Access-Control-Allow-Methods", ctx.path().equals(stream) ? "GET" : "POST");
    ctx.header(
        "Access-Control-Allow-Headers",
        "Origin, X-Requested-With, Content-Type, Accept, Authorization");
    ctx.header("Access-Control-Max-Age", "86400");
    if ("true".equals(ctx.header("Access-Control-Request-Private-Network"))) {
      ctx.header("Access-Control-Allow-Private-Network", "true");
    }
  }

  /**
   * For what only the box's own pages and programs may do.
   *
   * @throws RefusedException 403 for pages of other sites, allowed or not
   */
  static void requireOwn(Context ctx) throws RefusedException {
    String header = ctx.header("Origin");
    if (header != null && WebOrigin.of(header).filter(origin -> isOwn(origin, ctx)).isEmpty()) {
      throw new RefusedException(
          403, "Only the box's own pages may change it; open the box's homepage to do this.");
    }
  }

  private static boolean isOwn(WebOrigin origin, Context ctx) {
    return origin.isOf(ctx.header("Host"), ctx.req().isSecure());
  }
}
