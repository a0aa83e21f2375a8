package iotbox.box.simulation;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** A TCP port of this machine, for this machine only, for any number at a time. */
public final class LoopbackServer implements Closeable {
  private final Executor threads;
  private final ServerSocket server = new ServerSocket();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  /** What is done with one connection. */
  public interface Conversation {
    /** On a thread of its own; ends the connection when it returns. */
    void with(Socket connection) throws IOException;
  }

  /**
   * Takes the port.
   *
   * @param port 0 for any free one
   * @param threads may block; one is used for the port and one for each connection
   * @throws IOException if the port is taken, with a sentence for people
   */
  public LoopbackServer(int port, Executor threads) throws IOException {
    this.threads = threads;
    server.setReuseAddress(true);
    try {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      server.close();
      throw new IOException("Port " + port + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** Begins to serve. */
  public void serve(Conversation conversation) {
    threads.execute(() -> accept(conversation));
  }

  /** Where to connect to. */
  public InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  /** Sends this to everybody who is connected. */
  void sendToAll(byte[] bytes) {
    for (Socket connection : connections) {
      try {
        connection.getOutputStream().write(bytes);
      } catch (IOException e) {
        // This one has hung up.
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }

  private void accept(Conversation conversation) {
    try {
      while (true) {
        Socket connection = server.accept();
        connections.add(connection);
        threads.execute(() -> serve(connection, conversation));
        if (server.isClosed()) {
          connection.close();
        }
      }
    } catch (IOException | RejectedExecutionException e) {
      // Closed, which ends it.
    }
  }

  private void serve(Socket connection, Conversation conversation) {
    try (connection) {
      connection.setTcpNoDelay(true);
      conversation.with(connection);
    } catch (IOException e) {
      // Hung up, which is how a conversation ends.
    } finally {
      connections.remove(connection);
    }
  }
}
