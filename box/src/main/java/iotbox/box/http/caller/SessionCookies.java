package iotbox.box.http.caller;

import io.javalin.http.Context;
import java.util.Optional;

/**
 * The cookie in which the owner's browser keeps its session. Browsers keep cookies by host and not
 * by port, so its name tells boxes apart: several may run on one machine, or behind one address.
 */
public final class SessionCookies {
  private final String box;

  public SessionCookies(String boxIdentifier) {
    this.box = boxIdentifier.replace(':', '_'); // Which a cookie's name must not have.
  }

  Optional<String> token(Context ctx) {
    return Optional.ofNullable(ctx.cookie(name(ctx)));
  }

  void give(Context ctx, String token) {
    set(ctx, token, "");
  }

  void takeBack(Context ctx) {
    set(ctx, "", "; Max-Age=0");
  }

  /** It ends with the browser; the box ends the session earlier. */
  private void set(Context ctx, String value, String more) {
    ctx.header(
        "Set-Cookie",
        name(ctx)
            + "="
            + value
            + "; Path=/; HttpOnly; SameSite=Strict"
            + (ctx.req().isSecure() ? "; Secure" : "")
            + more);
  }

  /** Browsers take one whose name begins with {@code __Host-} by HTTPS and from this host only. */
  private String name(Context ctx) {
    return (ctx.req().isSecure() ? "__Host-iotbox-" : "iotbox-")
        + box
        + "-"
        + ctx.req().getLocalPort();
  }
}
