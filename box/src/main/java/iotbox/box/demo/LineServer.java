package iotbox.box.demo;

import iotbox.box.simulation.LoopbackServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;

/** Puts one instrument at a free port of this machine, for this machine only. */
final class LineServer implements AutoCloseable {
  private static final int LONGEST_LINE = 200;

  private final Instrument instrument;
  private final LoopbackServer server;

  /**
   * Starts to serve.
   *
   * @param threads may block: one for the port and one for each connection
   */
  LineServer(Instrument instrument, Executor threads) throws IOException {
    this.instrument = instrument;
    this.server = new LoopbackServer(0, threads);
    server.serve(this::converse);
  }

  InetSocketAddress address() {
    return server.address();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void converse(Socket connection) throws IOException {
    InputStream in = new BufferedInputStream(connection.getInputStream());
    for (String line = read(in); line != null; line = read(in)) {
      String answer = instrument.answer(line) + "\n";
      connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
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
