package iotbox.box.http;

import io.javalin.Javalin;
import io.javalin.http.HandlerType;
import iotbox.box.http.limit.Bounds;
import iotbox.box.tally.Tally;
import java.time.Duration;
import java.util.List;

/** The routes that the box really has, for tests that are to miss none. */
public final class RouteTable {
  private RouteTable() {}

  /** One of them. */
  public record Route(String method, String path) {}

  /** All of them, in the order of the table. */
  public static List<Route> all() {
    try (TestBox box = new TestBox()) {
      Duration patience = Duration.ofSeconds(1);
      Routes routes =
          new Routes(
              box.parts(),
              new Patience(patience, patience),
              Bounds.usual(),
              Runnable::run,
              new Tally(),
              () -> null);
      return Javalin.create(config -> routes.addTo(config.routes))
          .unsafe
          .internalRouter
          .allHttpHandlers()
          .stream()
          .map(entry -> entry.endpoint)
          .filter(endpoint -> !isFilter(endpoint.method))
          .map(endpoint -> new Route(endpoint.method.name(), endpoint.path))
          .toList();
    } catch (PortRefusedException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isFilter(HandlerType method) {
    return !method.isHttpMethod();
  }
}
