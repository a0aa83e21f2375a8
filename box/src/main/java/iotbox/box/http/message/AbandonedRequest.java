package iotbox.box.http.message;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadPendingException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Notices that the client of a held request has gone, and cancels what it waits for. Browsers abort
 * a long poll each time their set of devices changes; without this each of those would be kept,
 * with its connection, until its time is up, because Jetty does not read from a connection while it
 * waits for the answer.
 *
 * <p>The lock {@code this} keeps this reader and Jetty's own apart: after {@link #end()} the
 * connection is not touched any more. Nothing blocks under it.
 */
public final class AbandonedRequest implements Callback {
  private final AbstractEndPoint endPoint;
  private final Connection connection;
  private final CompletableFuture<?> result;
  private boolean ended;

  private AbandonedRequest(
      AbstractEndPoint endPoint, Connection connection, CompletableFuture<?> result) {
    this.endPoint = endPoint;
    this.connection = connection;
    this.result = result;
  }

  /** From now until {@code result} is done, cancels it when the client goes away. */
  public static void watch(HttpServletRequest request, CompletableFuture<?> result) {
    ConnectionMetaData meta =
        ServletContextRequest.getServletContextRequest(request).getConnectionMetaData();
    Connection connection = meta.getConnection();
    boolean ownConnection = meta.getHttpVersion().getVersion() <= HttpVersion.HTTP_1_1.getVersion();
    if (ownConnection && connection.getEndPoint() instanceof AbstractEndPoint endPoint) {
      AbandonedRequest watch = new AbandonedRequest(endPoint, connection, result);
      watch.listen();
      result.whenComplete((value, failure) -> watch.end());
    }
  }

  private synchronized void listen() {
    if (!ended) {
      endPoint.tryFillInterested(this);
    }
  }

  private synchronized void end() {
    if (!ended) {
      ended = true;
      // Jetty registers itself after the answer, and there is room for one reader only.
      endPoint.getFillInterest().onFail(new ReadPendingException());
    }
  }

  /** There is something to read: the end, or (pipelined) the beginning of the next request. */
  @Override
  public void succeeded() {
    if (hasGone()) {
      result.cancel(false);
    }
  }

  private synchronized boolean hasGone() {
    if (ended) {
      return false;
    }
    ByteBuffer next = BufferUtil.allocate(1024);
    try {
      int count = endPoint.fill(next);
      if (count == 0) {
        listen();
      } else if (count > 0 && connection instanceof Connection.UpgradeTo jetty) {
        jetty.onUpgradeTo(next); // Given back, to be read after this answer.
      }
      return count < 0;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void failed(Throwable failure) {
    boolean gone;
    synchronized (this) {
      gone = !ended && !(failure instanceof TimeoutException);
    }
    if (gone) {
      result.cancel(false);
    }
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }
}
