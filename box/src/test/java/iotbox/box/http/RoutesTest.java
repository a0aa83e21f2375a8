package iotbox.box.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.javalin.router.Endpoint;
import io.javalin.security.Roles;
import io.javalin.security.RouteRole;
import iotbox.box.http.caller.Caller;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may call each route, asked of all routes that there are. */
class RoutesTest {
  private TestBox box;

  @BeforeEach
  void start() throws PortRefusedException {
    box = new TestBox();
  }

  @AfterEach
  void stop() {
    box.close();
  }

  @Test
  void eachSaysWhoMayCallIt() {
    List<Endpoint> routes = routes();
    assertTrue(routes.size() > 40, "only " + routes.size());
    for (Endpoint route : routes) {
      Set<RouteRole> callers = callers(route);
      assertEquals(1, callers.size(), route.method + " " + route.path);
      assertTrue(callers.iterator().next() instanceof Caller);
    }
  }

  @Test
  void theOwnersAreForNobodyElse() {
    TestBox.Login login = box.login();
    List<Endpoint> owners = routesFor(Caller.OWNER);
    assertTrue(owners.size() >= 12, "only " + owners.size());
    for (Endpoint route : owners) {
      assertRefused(401, route, request(route));
      assertRefused(
          401, route, request(route).header("Cookie", login.cookie().replaceFirst("=.*", "=x")));
      assertRefused(403, route, login.in(request(route)).header("Origin", "https://evil.example"));
      assertRefused(403, route, login.in(request(route)).header("Origin", "null"));
      if (!route.method.name().equals("GET")) {
        assertRefused(403, route, request(route).header("Cookie", login.cookie()));
      }
    }
    assertEquals(List.of(), box.odoo.told);
  }

  @Test
  void thoseOfTheWireAreForPagesThatMayUseTheDevicesOnly() {
    List<Endpoint> wire = routesFor(Caller.WIRE);
    assertTrue(wire.size() >= 20, "only " + wire.size());
    for (Endpoint route : wire) {
      assertRefused(403, route, request(route).header("Origin", "https://evil.example"));
      assertRefused(403, route, request(route).header("Origin", "null"));
    }
  }

  @Test
  void whateverChangesSomethingIsTheOwnersButForTheWireAndTheLogin() {
    List<String> open = new ArrayList<>();
    for (Endpoint route : routes()) {
      Caller caller = (Caller) callers(route).iterator().next();
      if (!route.method.name().equals("GET") && caller != Caller.OWNER && caller != Caller.WIRE) {
        open.add(route.method + " " + route.path);
      }
    }
    assertEquals(List.of("POST /api/session"), open);
  }

  private void assertRefused(int status, Endpoint route, HttpRequest.Builder request) {
    HttpResponse<String> response = box.send(request);
    String what = route.method + " " + route.path + ": " + response.body();
    assertEquals(status, response.statusCode(), what);
    assertTrue(response.body().matches("[^\\n]+\\.\\n"), what);
    assertTrue(response.headers().firstValue("Access-Control-Allow-Origin").isEmpty(), what);
  }

  private HttpRequest.Builder request(Endpoint route) {
    String method = route.method.name();
    HttpRequest.Builder request = box.request(route.path).method(method, BodyPublishers.noBody());
    return method.equals("GET") ? request : request.header("Content-Type", "application/json");
  }

  private List<Endpoint> routesFor(Caller caller) {
    return routes().stream().filter(route -> callers(route).contains(caller)).toList();
  }

  private List<Endpoint> routes() {
    return box.routes().stream().filter(route -> route.method.isHttpMethod()).toList();
  }

  private static Set<RouteRole> callers(Endpoint route) {
    Roles roles = route.metadata(Roles.class);
    return roles == null ? Set.of() : roles.getRoles();
  }
}
