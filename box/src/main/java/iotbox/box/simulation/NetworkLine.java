package iotbox.box.simulation;

import iotbox.box.thread.Alarm;
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

/**
 * A played device at a TCP port of this machine, for this machine only. Any number of drivers may
 * connect; what it says by itself goes to all of them. Closing it switches it off.
 */
public final class NetworkLine implements Closeable {
  private final Executor threads;
  private final ServerSocket server = new ServerSocket();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final PlayedDevice device;

  private NetworkLine(LineScript script, int port, Alarm periods, Alarm waits, Executor threads)
      throws IOException {
    this.threads = threads;
    server.setReuseAddress(true);
    try {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      server.close();
      throw new IOException("Port " + port + " cannot be used: " + e.getMessage(), e);
    }
    device = new PlayedDevice(script, periods, waits, threads, this::sayToAll);
    threads.execute(this::accept);
  }

  /**
   * Begins to play.
   *
   * @param port 0 for any free one
   * @param alarm by which the script's times go
   * @param threads may block; one is used for the port and one for each connection
   * @throws IOException if the port is taken, with a sentence for people
   */
  public static NetworkLine play(LineScript script, int port, Alarm alarm, Executor threads)
      throws IOException {
    return play(script, port, alarm, alarm, threads);
  }

  /**
   * Begins to play, by two clocks: a driver waits for an answer in real time, whatever the time is
   * by which the device speaks by itself.
   *
   * @throws IOException if the port is taken, with a sentence for people
   */
  public static NetworkLine play(
      LineScript script, int port, Alarm periods, Alarm waits, Executor threads)
      throws IOException {
    return new NetworkLine(script, port, periods, waits, threads);
  }

  /** Where drivers connect to. */
  public InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  /** What is played here. */
  public PlayedDevice device() {
    return device;
  }

  @Override
  public void close() throws IOException {
    device.close();
    server.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = server.accept();
        connections.add(connection);
        threads.execute(() -> serve(connection));
        if (server.isClosed()) {
          connection.close();
        }
      }
    } catch (IOException | RejectedExecutionException e) {
      // Closed, which ends it.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      PlayedDevice.Ear ear = device.ear(connection.getOutputStream()::write);
      byte[] bytes = new byte[1024];
      for (int count = connection.getInputStream().read(bytes);
          count >= 0;
          count = connection.getInputStream().read(bytes)) {
        ear.hear(bytes, count);
      }
    } catch (IOException e) {
      // Hung up, which is how a conversation ends.
    } finally {
      connections.remove(connection);
    }
  }

  private void sayToAll(byte[] bytes) {
    for (Socket connection : connections) {
      try {
        connection.getOutputStream().write(bytes);
      } catch (IOException e) {
        // This one has hung up.
      }
    }
  }
}
