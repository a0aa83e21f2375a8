package iotbox.box.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import iotbox.box.http.message.Answers;
import iotbox.box.http.message.Json;
import iotbox.box.http.message.RefusedException;
import iotbox.box.http.message.SecurityHeaders;
import java.util.List;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client sees when a request goes wrong: a status, one sentence, never a stack trace. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  static void addTo(RoutesConfig routes) {
    routes.exception(
        RefusedException.class,
        (e, ctx) -> {
          if (e.status() == 503) {
            ctx.header("Retry-After", "1");
          }
          Answers.sentence(ctx, e.status(), e.getMessage());
        });
    routes.exception(
        HttpResponseException.class,
        (e, ctx) -> Answers.sentence(ctx, e.getStatus(), sentence(e.getStatus())));
    routes.exception(Exception.class, Failures::unexpected);
  }

  private static void unexpected(Exception failure, Context ctx) {
    try {
      LOG.error("{} {} failed", ctx.method(), ctx.path(), failure);
      Answers.sentence(ctx, 500, sentence(500));
    } catch (RuntimeException e) {
      // The connection has ended, and with it the request; nothing can be asked of it or answered.
      LOG.debug("A request that has ended failed", failure);
    }
  }

  private static String sentence(int status) {
    return switch (status) {
      case 404 -> "There is nothing at this address.";
      case 405 -> "This address does not take that method.";
      case 414 -> "The address is longer than the box reads.";
      case 431 -> "The headers are longer than the box reads; are there old cookies to delete?";
      case 417 -> "The box does not do what the header Expect asks for.";
      case 500 -> Answers.FAULT;
      case 503 -> "The box is ending and takes no more requests.";
      case 505 -> "The box speaks HTTP/1.1; this is another version.";
      default -> "The box cannot take this request (" + status + ").";
    };
  }

  /** For what goes wrong before a route is looked for: a request that is not HTTP, for example. */
  static final class Early extends ErrorHandler {
    @Override
    public boolean errorPageForMethod(String method) {
      return true; // So that whatever was meant gets a sentence, and the headers for browsers.
    }

    @Override
    protected void generateResponse(
        Request request,
        Response response,
        int status,
        String reason,
        Throwable cause,
        Callback callback) {
      int told = status == 505 ? 400 : status; // It is the client's fault, not the box's.
      response.setStatus(told);
      SecurityHeaders.putInto(response.getHeaders());
      if (status == 503 && Request.getPathInContext(request).startsWith(HealthRoutes.PATH)) {
        write(response, "application/json;charset=utf-8", ending(), callback);
      } else {
        write(response, "text/plain;charset=utf-8", sentence(status) + "\n", callback);
      }
    }

    /** What {@link HealthRoutes} would say if requests still came there. */
    private static String ending() {
      return new String(Json.write(HealthRoutes.body(List.of("it is ending"))), UTF_8);
    }

    private static void write(Response response, String type, String text, Callback callback) {
      response.getHeaders().put("Content-Type", type);
      Content.Sink.write(response, true, text, callback);
    }
  }
}
