package iotbox.box.http.message;

import io.javalin.http.Context;
import iotbox.box.http.limit.Pieces;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Writes piece by piece to a client without a thread that waits for it; a servlet's own stream
 * would block. A client that does not take a piece in time is disconnected.
 */
public final class StreamWriter {
  private final Response response;
  private final EndPoint connection;
  private final Executor answers;
  private final Scheduler timer;
  private final Duration patience;

  private StreamWriter(
      Response response,
      EndPoint connection,
      Executor answers,
      Scheduler timer,
      Duration patience) {
    this.response = response;
    this.connection = connection;
    this.answers = answers;
    this.timer = timer;
    this.patience = patience;
  }

  /** For the request's answer, of which nothing is written yet. */
  static StreamWriter of(Context ctx, Executor answers, Duration patience) {
    ServletContextRequest request = ServletContextRequest.getServletContextRequest(ctx.req());
    return new StreamWriter(
        request.getServletContextResponse(),
        request.getConnectionMetaData().getConnection().getEndPoint(),
        answers,
        request.getComponents().getScheduler(),
        patience);
  }

  /**
   * Writes one piece, the one before having been written. The future completes on one of the
   * threads for answers, and fails when the client has gone or is too slow.
   */
  public CompletableFuture<Void> write(byte[] bytes) {
    Callback.Completable written = new Callback.Completable();
    Scheduler.Task slow =
        timer.schedule(() -> connection.close(), patience.toMillis(), TimeUnit.MILLISECONDS);
    try {
      Pieces.write(response, false, bytes, written);
    } catch (IllegalStateException e) {
      written.failed(e); // The request has ended meanwhile, and others wait for their piece.
    }
    return written.whenCompleteAsync((nothing, failure) -> slow.cancel(), answers);
  }
}
