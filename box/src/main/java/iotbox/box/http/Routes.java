package iotbox.box.http;

import static iotbox.box.http.caller.Caller.ANYBODY;
import static iotbox.box.http.caller.Caller.OWNER;
import static iotbox.box.http.caller.Caller.OWN_PAGE;
import static iotbox.box.http.caller.Caller.WIRE;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import iotbox.box.access.Access;
import iotbox.box.http.caller.OriginCheck;
import iotbox.box.http.caller.OriginRoutes;
import iotbox.box.http.caller.OwnerCheck;
import iotbox.box.http.caller.SessionCookies;
import iotbox.box.http.caller.SessionRoutes;
import iotbox.box.http.limit.AnswerQueue;
import iotbox.box.http.limit.Bounds;
import iotbox.box.http.log.LogRoutes;
import iotbox.box.http.log.LogStreamRoute;
import iotbox.box.http.message.Answers;
import iotbox.box.http.message.RefusedException;
import iotbox.box.http.message.SecurityHeaders;
import iotbox.box.http.page.DeviceRoutes;
import iotbox.box.http.page.HandlerRoutes;
import iotbox.box.http.page.HomepageRoutes;
import iotbox.box.http.page.LineRoutes;
import iotbox.box.http.page.NetworkRoutes;
import iotbox.box.http.page.OdooRoutes;
import iotbox.box.http.page.OptionRoutes;
import iotbox.box.http.page.PublicFile;
import iotbox.box.http.page.RetryRoute;
import iotbox.box.http.page.StatusRoutes;
import iotbox.box.http.part.BoxParts;
import iotbox.box.http.part.Traffic;
import iotbox.box.http.wire.ActionRoutes;
import iotbox.box.http.wire.CustomerDisplayRoute;
import iotbox.box.http.wire.EventRoutes;
import iotbox.box.http.wire.HeldRequests;
import iotbox.box.http.wire.JsonRpc;
import iotbox.box.http.wire.ProxyRoutes;
import iotbox.box.http.wire.RequestSignatures;
import iotbox.box.http.wire.ScannerRoute;
import iotbox.box.http.wire.StreamRoute;
import iotbox.box.tally.Tally;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Every route of the box, in one table. */
final class Routes {
  /** Answers devices' events, but is no part of the wire of Odoo's own boxes. */
  static final String EVENTS = "/api/events";

  /** Odoo's pages ask it all day, only to see whether the box is there. */
  private static final String HELLO = "/hw_proxy/hello";

  /**
   * Where nothing is waited for: no lock that somebody holds while he waits, no device, no disk.
   * Nor do the checks before, but for a look at a small file now and then, at the names of this
   * machine and at the owner's answers to sites.
   */
  static final Set<String> QUICK = Set.of(HELLO);

  /** What pages of other sites may call if their site is allowed to. */
  private static final List<String> WIRES =
      List.of("/hw_proxy/", "/iot_drivers/", "/hw_drivers/", EVENTS);

  private final OriginCheck originCheck;
  private final OwnerCheck ownerCheck;
  private final SessionRoutes sessions;
  private final OriginRoutes origins;
  private final JsonRpc rpc;

  /** For what Odoo signs. */
  private final JsonRpc signed;

  private final ActionRoutes actions;
  private final EventRoutes events;
  private final StreamRoute stream;
  private final ProxyRoutes proxy;
  private final CustomerDisplayRoute display;
  private final ScannerRoute scanner;
  private final LogRoutes logs;
  private final LogStreamRoute logStream;
  private final OptionRoutes options;
  private final NetworkRoutes network;
  private final DeviceRoutes devices;
  private final LineRoutes lines;
  private final HandlerRoutes handlers;
  private final OdooRoutes odoo;
  private final RetryRoute retry;
  private final StatusRoutes status;
  private final HeldRequests held;
  private final MetricsRoute metrics;
  private final HealthRoutes health;
  private final HomepageRoutes homepage = new HomepageRoutes();

  /**
   * @param answers writes answers that come later
   * @param refusals where requests are counted that are one too many
   * @param traffic what the server is at
   */
  Routes(
      BoxParts box,
      Patience patience,
      Bounds bounds,
      Executor answers,
      Tally refusals,
      Supplier<Traffic> traffic) {
    String identifier = box.box().identifier();
    Access access = box.access();
    SessionCookies cookies = new SessionCookies(identifier);
    originCheck = new OriginCheck(access.origins(), EVENTS);
    ownerCheck = new OwnerCheck(access.owner(), cookies);
    sessions = new SessionRoutes(access.owner(), ownerCheck, cookies);
    origins = new OriginRoutes(access.origins());
    AnswerQueue queue = new AnswerQueue(answers, bounds);
    rpc = new JsonRpc(queue);
    signed =
        rpc.checked(
            new RequestSignatures(box.odoo(), ownerCheck::isOwners, Clock.systemUTC())::check);
    actions = new ActionRoutes(box.devices(), box.odoo());
    events = new EventRoutes(box.events(), box.odoo()::boxIdentifier, patience.poll());
    stream = new StreamRoute(box.events(), box.odoo()::boxIdentifier, queue, refusals);
    proxy = new ProxyRoutes(box.devices());
    display = new CustomerDisplayRoute(box.devices(), box.customerData());
    scanner = new ScannerRoute(box.events(), patience.scanner());
    logs = new LogRoutes(box.logs(), box.handlers(), identifier);
    logStream =
        new LogStreamRoute(box.logs().feed(), box.handlers(), ownerCheck, answers, refusals);
    options = new OptionRoutes(box.settings());
    network = new NetworkRoutes(box.network());
    devices = new DeviceRoutes(box.devices(), box.rules(), box.handlers());
    lines = new LineRoutes(box.lines());
    handlers = new HandlerRoutes(box.handlers());
    odoo = new OdooRoutes(box.odoo());
    retry = new RetryRoute(box.devices(), box.detection());
    status = new StatusRoutes(box, answers, refusals);
    held = new HeldRequests(bounds.held(), refusals);
    health = new HealthRoutes(box.health(), answers);
    metrics = new MetricsRoute(box.metrics(), traffic);
  }

  /** Each with the one who may call it; a route that says nobody answers nobody. */
  void addTo(RoutesConfig routes) {
    routes.before(this::checkOrigin);
    routes.beforeMatched(ownerCheck::handle);

    // The wire that Odoo's pages speak. What is called all day comes first: Javalin compares a
    // request's path with one route after the other, and quickly only where it is the same.
    routes.get(HELLO, ctx -> Answers.text(ctx, "ping"), WIRE);
    json(
        routes,
        "/iot_drivers/action",
        signed.laterIn((ctx, params) -> actions.perform(params, () -> isVouched(ctx))));
    json(routes, "/iot_drivers/event", held.limit(signed.later(events::poll)));
    json(routes, "/hw_drivers/action", signed.now(actions::accept));
    json(routes, "/hw_drivers/event", held.limit(signed.later(events::poll)));
    json(routes, "/hw_proxy/handshake", rpc.now(params -> true));
    json(routes, "/hw_proxy/status_json", rpc.now(params -> proxy.status()));
    json(routes, "/hw_proxy/default_printer_action", rpc.now(proxy::print));
    json(routes, "/hw_proxy/scale_read", rpc.later(params -> proxy.weigh()));
    json(routes, "/hw_proxy/customer_facing_display", rpc.later(display::perform));
    json(routes, "/hw_proxy/scanner", held.limit(rpc.later(params -> scanner.next())));
    routes.get("/iot_drivers/ping", Routes::ping, WIRE);
    routes.get("/hw_drivers/download_logs", logs::download, OWNER);
    routes.get("/iot_drivers/download_logs", logs::download, OWNER);
    routes.post("/iot_drivers/load_iot_handlers", odoo::loadHandlers, OWNER);
    routes.post("/hw_posbox_homepage/load_iot_handlers", odoo::loadHandlers, OWNER);

    // The box's own.
    routes.get("/api/status", status::show, ANYBODY);
    routes.get("/api/status/stream", status::stream, ANYBODY);
    routes.get(EVENTS, stream::open, WIRE);
    routes.get("/metrics", metrics::show, ANYBODY);
    routes.get(HealthRoutes.PATH, health::all, ANYBODY);
    routes.get(HealthRoutes.PATH + "/live", health::live, ANYBODY);
    routes.get("/api/session", sessions::show, ANYBODY);
    routes.post("/api/session", sessions::login, OWN_PAGE);
    routes.delete("/api/session", sessions::logout, OWNER);
    routes.post("/api/password", sessions::changePassword, OWNER);
    routes.post("/api/origins", origins::answer, OWNER);
    routes.delete("/api/origins", origins::forget, OWNER);
    routes.get("/api/log-levels", logs::levels, OWNER);
    routes.post("/api/log-levels", logs::setLevel, OWNER);
    routes.get("/api/logs/stream", logStream::open, OWNER);
    routes.get("/api/options", options::show, OWNER);
    routes.post("/api/options", options::keep, OWNER);
    routes.post("/api/restart", options::restart, OWNER);
    routes.post("/api/set-up", options::setUp, OWNER);
    routes.get("/api/network", network::show, ANYBODY);
    routes.post("/api/devices/retry", retry::retry, OWNER);
    routes.post("/api/devices/pin", devices::pin, OWNER);
    routes.post("/api/devices/probing", devices::probe, OWNER);
    routes.get("/api/devices/line", lines::show, OWNER);
    routes.post("/api/devices/line", lines::keep, OWNER);
    routes.post("/api/devices/line/trial", lines::attempt, OWNER);
    routes.post("/api/pairing", odoo::pair, OWNER);
    routes.delete("/api/pairing", odoo::unpair, OWNER);
    routes.post("/api/handlers/reload", odoo::reload, OWNER);
    routes.get("/api/handlers/source", handlers::source, OWNER);

    // For pages of any site; what they do with it then is the wire's.
    routes.get("/static/device-proxy.js", PublicFile.of("device-proxy.js"), ANYBODY);
    routes.get("/static/device-proxy.d.ts", PublicFile.of("device-proxy.d.ts"), ANYBODY);

    routes.get("/", homepage::index, ANYBODY);
    routes.get(HomepageRoutes.FOLDER + "address.svg", network::code, ANYBODY);
    routes.get(HomepageRoutes.FOLDER + "*", homepage::file, ANYBODY);
  }

  /** How many requests are held now. */
  int polls() {
    return held.count();
  }

  /** How many streams there are now, of events and for open pages. */
  int streams() {
    return stream.count() + status.count();
  }

  /** Before any route and where there is none, so that errors can be read by the page, too. */
  private void checkOrigin(Context ctx) throws RefusedException {
    String path = ctx.path();
    if (WIRES.stream().anyMatch(path::startsWith)) {
      originCheck.handle(ctx);
      SecurityHeaders.forOtherOrigins(ctx);
    }
  }

  /** Whether the owner or the paired Odoo stands behind this request. */
  private boolean isVouched(Context ctx) {
    return ownerCheck.isOwners(ctx) || RequestSignatures.isValid(ctx);
  }

  /** A JSON-RPC route; a GET there is a content type mistake, as on Odoo's own boxes. */
  private static void json(RoutesConfig routes, String path, Handler handler) {
    routes.post(path, handler, WIRE);
    routes.get(
        path,
        ctx -> {
          throw new RefusedException(
              415, "Use POST, with the header Content-Type: application/json.");
        },
        WIRE);
  }

  private static void ping(Context ctx) {
    Answers.json(ctx, Map.of("status", "success", "message", "pong"));
  }
}
