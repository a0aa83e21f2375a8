package iotbox.box.http.limit;

import iotbox.box.tally.Tally;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the connections, in all and of each address, and closes those that ask for nothing: whose
 * first request is not there in time (so that a handshake of TLS must end, too), whose next one
 * comes in drops, and, while most connections are taken, those that are idle.
 *
 * <p>The lock {@code this} guards who has how many; nothing blocks under it.
 */
public final class Connections implements Connection.Listener, SelectorManager.AcceptListener {
  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Bounds bounds;
  private final Tally refusals;
  private final Map<SelectableChannel, InetAddress> owners = new HashMap<>();
  private final Map<InetAddress, Integer> counts = new HashMap<>();
  private final Map<Connection, Progress> watched = new ConcurrentHashMap<>();
  private long saidNanos = System.nanoTime() - QUIET_NANOS;

  /** What was last seen of a connection. Used by the one thread that looks. */
  private static final class Progress {
    private long requests;

    /** Whether one of them was not answered yet. */
    private boolean working;

    /** Up to the end of the last request. */
    private long bytes;

    /** Whether there is something of the next request; the first is waited for from the start. */
    private boolean begun = true;

    /** The begin of that, or else of the rest. */
    private long since = System.nanoTime();
  }

  /**
   * @param refusals where connections that are too many are counted
   */
  public Connections(Bounds bounds, Tally refusals) {
    this.bounds = bounds;
    this.refusals = refusals;
  }

  /** From now on looks after the connections of this server, as long as it runs. */
  public void watch(Server server) {
    look(server.getScheduler());
  }

  // Bounds.

  /** Closes the connection before anything is made for it. */
  @Override
  public void onAccepting(SelectableChannel channel) {
    String refusal = admit(channel);
    if (refusal != null) {
      refusals.add("connections");
      try {
        channel.close();
      } catch (IOException e) {
        return; // It is not used any more.
      }
      say(refusal);
    }
  }

  private synchronized String admit(SelectableChannel channel) {
    InetAddress remote;
    InetAddress local;
    try {
      SocketChannel socket = (SocketChannel) channel;
      remote = ((InetSocketAddress) socket.getRemoteAddress()).getAddress();
      local = ((InetSocketAddress) socket.getLocalAddress()).getAddress();
    } catch (IOException | NullPointerException e) {
      return null; // It has gone already, and Jetty will notice.
    }
    if (owners.size() >= bounds.connections()) {
      return "All " + bounds.connections() + " connections are taken, so more are refused";
    }
    if (counts.getOrDefault(remote, 0) >= bounds.connectionsOfOne() && !remote.equals(local)) {
      return remote.getHostAddress()
          + " has "
          + bounds.connectionsOfOne()
          + " connections, so more of it are refused";
    }
    owners.put(channel, remote);
    counts.merge(remote, 1, Integer::sum);
    return null;
  }

  @Override
  public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
    onClosed(channel);
  }

  @Override
  public synchronized void onClosed(SelectableChannel channel) {
    InetAddress owner = owners.remove(channel);
    if (owner != null) {
      counts.computeIfPresent(owner, (address, count) -> count == 1 ? null : count - 1);
    }
  }

  /** How many there are now. */
  public synchronized int count() {
    return owners.size();
  }

  /** Says it in the log, but not again and again. */
  public void say(String sentence) {
    synchronized (this) {
      long now = System.nanoTime();
      if (now - saidNanos < QUIET_NANOS) {
        return;
      }
      saidNanos = now;
    }
    LOG.warn("{}", sentence);
  }

  // Time.

  @Override
  public void onOpened(Connection connection) {
    if (!(connection instanceof SslConnection)) { // The one within it is looked at.
      watched.put(connection, new Progress());
    }
  }

  @Override
  public void onClosed(Connection connection) {
    watched.remove(connection);
  }

  private void look(Scheduler scheduler) {
    boolean crowded = count() > bounds.connections() * 3L / 4;
    watched.forEach((connection, progress) -> look(connection, progress, crowded));
    scheduler.schedule(
        () -> look(scheduler), bounds.patience().toMillis() / 4 + 1, TimeUnit.MILLISECONDS);
  }

  private void look(Connection connection, Progress progress, boolean crowded) {
    long now = System.nanoTime();
    long requests = connection.getMessagesIn();
    boolean working = requests != connection.getMessagesOut();
    if (working || progress.working || requests != progress.requests) {
      progress.requests = requests;
      progress.working = working;
      progress.bytes = connection.getBytesIn();
      progress.begun = false;
      progress.since = now;
    } else if (!progress.begun && connection.getBytesIn() != progress.bytes) {
      progress.begun = true;
      progress.since = now; // However long the connection has rested.
    } else if (now - progress.since > bounds.patience().toNanos() && (progress.begun || crowded)) {
      connection.getEndPoint().close();
    }
  }
}
