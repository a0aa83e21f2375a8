package iotbox.box.http.limit;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Writes whole answers without a thread that waits for the client to take them; a servlet's own
 * stream would block. Nearly all are gone at once, into the system's buffer. Who takes the rest too
 * slowly is disconnected, and so is who would be given more than the memory for such answers holds.
 *
 * <p>One belongs to the server, as a bean; it is looked for only when a client is slow.
 */
public final class AnswerWriter {
  private static final int MEBIBYTE = 1 << 20;

  private final Memory memory;
  private final long patienceMillis;

  private AnswerWriter(Bounds bounds) {
    memory = new Memory(bounds.bodyMemory());
    patienceMillis = bounds.patience().toMillis();
  }

  /** Before the server starts. */
  public static void addTo(Server server, Bounds bounds) {
    server.addBean(new AnswerWriter(bounds));
  }

  /**
   * Writes these bytes, which are not changed afterwards, as the answer's only content. Its status
   * and headers are set by then.
   *
   * @return done when all is written, most often already; fails when the client has gone
   */
  public static CompletableFuture<Void> write(HttpServletRequest request, byte[] bytes) {
    ServletContextRequest core = ServletContextRequest.getServletContextRequest(request);
    Callback.Completable written = new Callback.Completable();
    Response response = core.getServletContextResponse();
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    // Else the servlet's own stream would miss what did not pass through it, and each answer would
    // fail in the end, unnoticed but for the time that it takes.
    core.getHttpOutput().setApplicationContentLength(-1);
    Pieces.write(response, true, bytes, written);
    return attend(core, written, bytes.length, bytes.length);
  }

  /** The same with what the file holds now; only a small part of it is in memory at a time. */
  public static CompletableFuture<Void> write(HttpServletRequest request, Path file)
      throws IOException {
    long size = Files.size(file);
    ServletContextRequest core = ServletContextRequest.getServletContextRequest(request);
    Callback.Completable written = new Callback.Completable();
    Content.copy(Content.Source.from(file, 0, size), core.getServletContextResponse(), written);
    return attend(core, written, size, Bounds.LEAST_PROGRESS);
  }

  private static AnswerWriter of(Request request) {
    return request.getConnectionMetaData().getConnector().getServer().getBean(AnswerWriter.class);
  }

  private static CompletableFuture<Void> attend(
      Request request, CompletableFuture<Void> written, long size, long kept) {
    if (!written.isDone()) {
      return of(request).waitFor(request, written, size, kept);
    }
    if (written.isCompletedExceptionally()) {
      client(request).close(); // What it was sent is less than it was told.
    }
    return written;
  }

  private CompletableFuture<Void> waitFor(
      Request request, CompletableFuture<Void> written, long size, long kept) {
    EndPoint client = client(request);
    if (!memory.take(kept)) {
      client.close();
      return written;
    }
    client.setIdleTimeout(patienceMillis);
    Scheduler.Task tooSlow =
        request
            .getComponents()
            .getScheduler()
            .schedule(client::close, patienceMillis * (1 + size / MEBIBYTE), TimeUnit.MILLISECONDS);
    return written.whenComplete(
        (nothing, failure) -> {
          tooSlow.cancel();
          memory.give(kept);
          client.setIdleTimeout(request.getConnectionMetaData().getConnector().getIdleTimeout());
          if (failure != null) {
            client.close();
          }
        });
  }

  private static EndPoint client(Request request) {
    return request.getConnectionMetaData().getConnection().getEndPoint();
  }
}
