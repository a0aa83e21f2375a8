package iotbox.box.demo;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Puts one instrument at a free port of this machine, for this machine only. */
final class LineServer implements AutoCloseable {
  private static final int LONGEST_LINE = 200;

  private final Instrument instrument;
  private final Executor threads;
  private final ServerSocket server;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  /**
   * Starts to serve.
   *
   * @param threads may block: one for the port and one for each connection
   */
  LineServer(Instrument instrument, Executor threads) throws IOException {
    this.instrument = instrument;
    this.threads = threads;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  @Override
  public void close() throws IOException {
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
    } catch (IOException e) {
      // Closed, which ends it.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(connection.getInputStream());
      for (String line = read(in); line != null; line = read(in)) {
        String answer = instrument.answer(line) + "\n";
        connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      // Hung up, which is how a conversation ends.
    } finally {
      connections.remove(connection);
    }
  }

  /** The next line, or {@code null} if there is none or it is longer than any command. */
  private static String read(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int read = in.read(); read >= 0 && line.length() < LONGEST_LINE; read = in.read()) {
      if (read == '\n') {
        return line.toString().trim();
      }
      line.append((char) read);
    }
    return null;
  }
}
