package iotbox.box.http.wire;

import io.javalin.http.Handler;
import iotbox.box.http.message.RefusedException;
import iotbox.box.tally.Tally;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/** Bounds how many requests wait for something to happen at the same time. */
public final class HeldRequests {
  private final int most;
  private final Tally refusals;
  private final Semaphore free;

  /**
   * @param refusals where those that are too many are counted
   */
  public HeldRequests(int most, Tally refusals) {
    this.most = most;
    this.refusals = refusals;
    free = new Semaphore(most);
  }

  /** The handler, for as many requests as may be held; the others are refused for now. */
  public Handler limit(Handler handler) {
    return ctx -> {
      if (!free.tryAcquire()) {
        refusals.add("polls");
        throw new RefusedException(
            503, "The box already holds " + most + " requests that wait for events; ask later.");
      }
      Request request = ServletContextRequest.getServletContextRequest(ctx.req());
      Request.addCompletionListener(request, failure -> free.release());
      handler.handle(ctx);
    };
  }

  /** How many there are now. */
  public int count() {
    return most - free.availablePermits();
  }
}
