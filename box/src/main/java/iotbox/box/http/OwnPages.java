package iotbox.box.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.net.URI;

/**
 * Keeps foreign web pages from changing the box. A page of another host can send a form or plain
 * text here without being asked, but neither JSON nor another method than GET and POST; and a
 * browser always tells where a page that sends JSON is from.
 */
final class OwnPages {
  private OwnPages() {}

  /** The handler, for requests of the box's own pages and of programs that are not browsers. */
  static Handler only(Handler handler) {
    return ctx -> {
      RequestBody.requireJson(ctx);
      requireOwn(ctx);
      handler.handle(ctx);
    };
  }

  /**
   * As {@link #only}, for a POST that says everything by its address: it may leave out the content
   * type, which a form cannot.
   */
  static Handler onlyWithoutBody(Handler handler) {
    return ctx -> {
      if (ctx.contentType() != null) {
        RequestBody.requireJson(ctx);
      }
      requireOwn(ctx);
      handler.handle(ctx);
    };
  }

  /** As {@link #only}, for a GET that tells more than pages of other hosts are to know. */
  static Handler reading(Handler handler) {
    return ctx -> {
      requireOwn(ctx, "Only the box's own pages may read this; a program sends no Origin.");
      handler.handle(ctx);
    };
  }

  private static void requireOwn(Context ctx) throws RefusedException {
    requireOwn(ctx, "Only the box's own pages may change it; open the box's homepage to do this.");
  }

  private static void requireOwn(Context ctx, String refusal) throws RefusedException {
    String origin = ctx.header("Origin");
    if (origin != null && !isOwn(origin, ctx)) {
      throw new RefusedException(403, refusal);
    }
  }

  private static boolean isOwn(String origin, Context ctx) {
    String host = ctx.header("Host");
    try {
      URI page = URI.create(origin);
      URI own = URI.create(page.getScheme() + "://" + host);
      return host != null
          && page.getHost() != null
          && page.getHost().equalsIgnoreCase(own.getHost())
          && port(page) == port(own);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }
}
