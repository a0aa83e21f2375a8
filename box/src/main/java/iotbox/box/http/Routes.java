package iotbox.box.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import iotbox.box.http.limit.Bounds;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** Every route of the box, in one table. */
final class Routes {
  private static final List<String> SCRIPTS =
      List.of(
          "app.js",
          "api.js",
          "dom.js",
          "overview.js",
          "odoo.js",
          "devices.js",
          "trouble.js",
          "selection.js");

  private final JsonRpc rpc;

  /** For what Odoo signs. */
  private final JsonRpc signed;

  private final ActionRoutes actions;
  private final EventRoutes events;
  private final StreamRoute stream;
  private final ProxyRoutes proxy;
  private final ScannerRoute scanner;
  private final LogRoutes logs;
  private final DeviceRoutes devices;
  private final OdooRoutes odoo;
  private final RetryRoute retry;
  private final StatusReport status;
  private final HeldRequests held;

  /**
   * @param answers writes answers that come later
   */
  Routes(BoxParts box, Patience patience, Bounds bounds, Executor answers) {
    String identifier = box.box().identifier();
    rpc = new JsonRpc(answers);
    signed = rpc.checked(new RequestSignatures(box.odoo(), Clock.systemUTC())::check);
    actions = new ActionRoutes(box.devices(), box.odoo());
    events = new EventRoutes(box.events(), box.odoo()::boxIdentifier, patience.poll());
    stream = new StreamRoute(box.events(), box.odoo()::boxIdentifier, answers);
    proxy = new ProxyRoutes(box.devices());
    scanner = new ScannerRoute(box.events(), patience.scanner());
    logs = new LogRoutes(box.log(), box.logLevels(), box.handlers(), identifier);
    devices = new DeviceRoutes(box.devices(), box.rules(), box.handlers());
    odoo = new OdooRoutes(box.odoo());
    retry = new RetryRoute(box.devices(), box.detection());
    status = new StatusReport(box);
    held = new HeldRequests(bounds.held());
  }

  void addTo(RoutesConfig routes) {
    // The wire that Odoo's pages speak; pages of any host may use it.
    for (String wire : new String[] {"/hw_proxy/*", "/hw_drivers/*", "/iot_drivers/*"}) {
      routes.before(wire, SecurityHeaders::forOtherOrigins);
      routes.before(wire, Cors::handle);
    }
    routes.get("/hw_proxy/hello", ctx -> Answers.text(ctx, "ping"));
    json(routes, "/hw_proxy/handshake", rpc.now(params -> true));
    json(routes, "/hw_proxy/status_json", rpc.now(params -> proxy.status()));
    json(routes, "/hw_proxy/default_printer_action", rpc.now(proxy::print));
    json(routes, "/hw_proxy/scale_read", rpc.later(params -> proxy.weigh()));
    json(routes, "/hw_proxy/scanner", held.limit(rpc.later(params -> scanner.next())));
    json(routes, "/hw_drivers/action", signed.now(actions::accept));
    json(routes, "/iot_drivers/action", signed.later(actions::perform));
    json(routes, "/hw_drivers/event", held.limit(signed.later(events::poll)));
    json(routes, "/iot_drivers/event", held.limit(signed.later(events::poll)));
    routes.get("/hw_drivers/download_logs", logs::download);
    routes.get("/iot_drivers/download_logs", logs::download);
    routes.get("/iot_drivers/ping", Routes::ping);

    // The box's own: for its homepage and for programs, not for pages of other hosts.
    routes.get("/api/status", ctx -> Answers.json(ctx, status.now()));
    routes.get("/api/events", OwnPages.reading(stream::open));
    routes.get("/api/log-levels", logs::levels);
    routes.post("/api/log-levels", OwnPages.only(logs::setLevel));
    routes.post("/api/devices/retry", OwnPages.only(retry::retry));
    routes.post("/api/devices/pin", OwnPages.only(devices::pin));
    routes.post("/api/devices/probing", OwnPages.only(devices::probe));
    routes.post("/api/pairing", OwnPages.only(odoo::pair));
    routes.delete("/api/pairing", OwnPages.only(odoo::unpair));
    routes.post("/api/handlers/reload", OwnPages.only(odoo::reload));
    routes.post("/iot_drivers/load_iot_handlers", OwnPages.onlyWithoutBody(odoo::loadHandlers));
    routes.post(
        "/hw_posbox_homepage/load_iot_handlers", OwnPages.onlyWithoutBody(odoo::loadHandlers));

    routes.get("/", HomepageRoutes.file("index.html", "text/html;charset=utf-8"));
    for (String name : SCRIPTS) {
      routes.get("/homepage/" + name, HomepageRoutes.file(name, "text/javascript;charset=utf-8"));
    }
    routes.get("/homepage/style.css", HomepageRoutes.file("style.css", "text/css;charset=utf-8"));
    routes.get("/homepage/icon.svg", HomepageRoutes.file("icon.svg", "image/svg+xml"));
  }

  /** A JSON-RPC route; a GET there is a content type mistake, as on Odoo's own boxes. */
  private static void json(RoutesConfig routes, String path, Handler handler) {
    routes.post(path, handler);
    routes.get(
        path,
        ctx -> {
          throw new RefusedException(
              415, "Use POST, with the header Content-Type: application/json.");
        });
  }

  private static void ping(Context ctx) {
    Answers.json(ctx, Map.of("status", "success", "message", "pong"));
  }
}
