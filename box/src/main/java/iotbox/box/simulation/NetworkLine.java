package iotbox.box.simulation;

import iotbox.box.thread.Alarm;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.Executor;

/**
 * A played device at a TCP port of this machine, for this machine only. Any number of drivers may
 * connect; what it says by itself goes to all of them. Closing it switches it off.
 */
public final class NetworkLine implements Closeable {
  private final LoopbackServer server;
  private final PlayedDevice device;

  private NetworkLine(LineScript script, int port, Alarm periods, Alarm waits, Executor threads)
      throws IOException {
    server = new LoopbackServer(port, threads);
    device = new PlayedDevice(script, periods, waits, threads, server::sendToAll);
    server.serve(this::converse);
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
    return server.address();
  }

  /** What is played here. */
  public PlayedDevice device() {
    return device;
  }

  @Override
  public void close() throws IOException {
    device.close();
    server.close();
  }

  private void converse(Socket connection) throws IOException {
    PlayedDevice.Ear ear = device.ear(connection.getOutputStream()::write);
    byte[] bytes = new byte[1024];
    for (int count = connection.getInputStream().read(bytes);
        count >= 0;
        count = connection.getInputStream().read(bytes)) {
      ear.hear(bytes, count);
    }
  }
}
