package iotbox.box.http.limit;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A port whose connections are bounded. */
public final class BoundedConnector extends ServerConnector {
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * Threads that listen to the connections and answer what is quick: one for each processor, but no
   * more than are busy with that in any shop.
   */
  private static final int LISTENING = Math.min(4, Runtime.getRuntime().availableProcessors());

  private final Connections connections;

  public BoundedConnector(Server server, Connections connections, ConnectionFactory... protocols) {
    super(server, 1, LISTENING, protocols);
    this.connections = connections;
    addBean(connections);
  }

  /** Most likely the process has no descriptors left; then it would try without a pause. */
  @Override
  protected boolean handleAcceptFailure(Throwable failure) {
    if (!(failure instanceof IOException) || failure instanceof ClosedChannelException) {
      return super.handleAcceptFailure(failure);
    }
    if (isRunning()) {
      connections.say(
          "A connection cannot be taken ("
              + failure.getMessage()
              + "); does the box have enough file descriptors (ulimit -n)?");
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return isRunning();
  }
}
