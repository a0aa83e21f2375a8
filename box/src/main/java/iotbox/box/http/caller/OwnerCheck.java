package iotbox.box.http.caller;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import iotbox.box.access.Owner;
import iotbox.box.access.Session;
import iotbox.box.http.message.RefusedException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Keeps everybody but the owner from changing the box and from reading its log. */
public final class OwnerCheck {
  /** In it the box's page sends the token that the login answered. */
  static final String CSRF_HEADER = "X-CSRF-Token";

  private static final String LOG_IN =
      "Only the owner may do this: log in on the box's page with the owner's password.";

  private final Owner owner;
  private final SessionCookies cookies;

  public OwnerCheck(Owner owner, SessionCookies cookies) {
    this.owner = owner;
    this.cookies = cookies;
  }

  /**
   * Before each route, and not where there is none.
   *
   * @throws RefusedException 403 for pages of other sites and where the token is missing, 401 for
   *     whoever is not logged in
   */
  public void handle(Context ctx) throws RefusedException {
    if (ctx.method() == HandlerType.HEAD) {
      return; // Answered by Javalin itself, which calls no route for it.
    }
    switch (Caller.of(ctx)) {
      case OWN_PAGE -> OriginCheck.requireOwn(ctx);
      case OWNER -> requireOwner(ctx);
      case ANYBODY, WIRE -> {
        // Nobody in particular; the wire has a check of its own.
      }
    }
  }

  private void requireOwner(Context ctx) throws RefusedException {
    OriginCheck.requireOwn(ctx);
    Session session =
        cookies
            .token(ctx)
            .flatMap(owner::useSession)
            .orElseThrow(() -> new RefusedException(401, LOG_IN));
    if (ctx.method() != HandlerType.GET && !session.hasCsrfToken(ctx.header(CSRF_HEADER))) {
      throw new RefusedException(
          403,
          "The header "
              + CSRF_HEADER
              + " must carry the csrfToken that GET /api/session tells whoever is logged in.");
    }
  }

  /** The session of whoever is logged in here. */
  Optional<Session> session(Context ctx) {
    return cookies.token(ctx).flatMap(owner::session);
  }

  /** Whether the session in which this request came still lasts, at any later moment. */
  public BooleanSupplier lasting(Context ctx) {
    Optional<String> token = cookies.token(ctx);
    return () -> token.flatMap(owner::session).isPresent();
  }

  /** Whether the owner wants this, and not a page that only has the owner's browser send it. */
  public boolean isOwners(Context ctx) {
    String token = ctx.header(CSRF_HEADER);
    return token != null && session(ctx).filter(each -> each.hasCsrfToken(token)).isPresent();
  }
}
