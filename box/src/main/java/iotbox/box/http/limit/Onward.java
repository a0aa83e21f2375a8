package iotbox.box.http.limit;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Sends a request onward that its handler has kept, when the server waits for no outcome. */
public final class Onward {
  private Onward() {}

  /** Has the next one handle it and, as the server would, answers where that does not or fails. */
  public static void handle(Handler next, Request request, Response response, Callback callback) {
    try {
      if (!next.handle(request, response, callback)) {
        Response.writeError(request, response, callback, 404);
      }
    } catch (Throwable failure) {
      Response.writeError(request, response, callback, failure);
    }
  }
}
