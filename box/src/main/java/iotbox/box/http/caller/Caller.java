package iotbox.box.http.caller;

import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import java.util.Set;

/**
 * Who may call a route; each route of the table has exactly one. All of them are called by the
 * box's own name only, see {@link HostCheck}.
 */
public enum Caller implements RouteRole {
  /** Everybody. Pages of other sites can send the request and cannot read the answer. */
  ANYBODY,
  /**
   * Programs, the box's own pages, and pages of sites that may use its devices, see {@link
   * OriginCheck}.
   */
  WIRE,
  /** The box's own pages, where nobody is logged in yet, and programs. */
  OWN_PAGE,
  /** Whoever is logged in as the owner; see {@link OwnerCheck}. */
  OWNER;

  /** The one of the route that this request has reached. */
  static Caller of(Context ctx) {
    Set<RouteRole> callers = ctx.routeRoles();
    if (callers.size() == 1 && callers.iterator().next() instanceof Caller caller) {
      return caller;
    }
    throw new IllegalStateException(
        ctx.method() + " " + ctx.path() + " must say who may call it, and has " + callers);
  }
}
