package iotbox.box.http.limit;

import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/**
 * Takes in what still comes of the body of a request that was refused, and forgets it. If the
 * connection ended with the refusal while the client is sending, the client's system would throw
 * away the refusal unread.
 *
 * <p>Not for ever: a client that goes on for too long, or says nothing for a while, is left. One
 * thread at a time, which never waits.
 */
final class UnwantedBody implements Runnable {
  private static final Duration SILENCE = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Request request;
  private final Callback callback;
  private final long end = System.nanoTime() + LONGEST.toNanos();

  private UnwantedBody(Request request, Callback callback) {
    this.request = request;
    this.callback = callback;
  }

  /**
   * Begins with it; does not block.
   *
   * @param callback ends the request, once nothing more is taken
   */
  static void takeIn(Request request, Callback callback) {
    // Who asks first whether to send the body has read the refusal instead.
    if (request.getHeaders().contains(HttpHeader.EXPECT)) {
      callback.succeeded();
      return;
    }
    EndPoint client = request.getConnectionMetaData().getConnection().getEndPoint();
    client.setIdleTimeout(SILENCE.toMillis());
    new UnwantedBody(request, callback).run();
  }

  @Override
  public void run() {
    while (true) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return;
      }
      boolean over = Content.Chunk.isFailure(chunk) || chunk.isLast();
      chunk.release();
      if (over || System.nanoTime() - end > 0) {
        callback.succeeded();
        return;
      }
    }
  }
}
