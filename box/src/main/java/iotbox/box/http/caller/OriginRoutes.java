package iotbox.box.http.caller;

import io.javalin.http.Context;
import iotbox.box.access.Origins;
import iotbox.box.access.WebOrigin;
import iotbox.box.http.message.RefusedException;
import iotbox.box.http.message.RequestBody;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The owner says which sites' pages may use the devices. */
public final class OriginRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(OriginRoutes.class);

  private final Origins origins;

  public OriginRoutes(Origins origins) {
    this.origins = origins;
  }

  /** {@code {"origin": …, "allowed": true or false}}; remembered until it is taken back. */
  public void answer(Context ctx) throws RefusedException {
    Map<?, ?> request = RequestBody.object(ctx);
    if (!(request.get("allowed") instanceof Boolean allowed)) {
      throw new RefusedException(
          400, "Send {\"origin\": …, \"allowed\": …}: a site and true or false.");
    }
    WebOrigin origin = origin(request);
    keep(() -> origins.answer(origin, allowed));
    LOG.info("The owner {} pages of {}", allowed ? "allows" : "refuses", origin);
    ctx.status(204);
  }

  /** {@code {"origin": …}}; its pages ask again. */
  public void forget(Context ctx) throws RefusedException {
    WebOrigin origin = origin(RequestBody.object(ctx));
    keep(() -> origins.forget(origin));
    LOG.info("The owner takes back what was said of pages of {}", origin);
    ctx.status(204);
  }

  private static WebOrigin origin(Map<?, ?> request) throws RefusedException {
    if (request.get("origin") instanceof String text) {
      return WebOrigin.of(text)
          .orElseThrow(
              () ->
                  new RefusedException(
                      400,
                      "\"origin\" must be a site without a path, such as https://my.odoo.com."));
    }
    throw new RefusedException(400, "Send the site as \"origin\".");
  }

  /** What changes the answers. */
  private interface Change {
    void make() throws IOException;
  }

  private static void keep(Change change) throws RefusedException {
    try {
      change.make();
    } catch (IllegalStateException e) {
      throw new RefusedException(409, e.getMessage());
    } catch (IOException e) {
      LOG.error("The answers on which sites may use the devices cannot be kept", e);
      throw RefusedException.notKept(e);
    }
  }
}
