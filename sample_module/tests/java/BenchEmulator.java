import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An instrument on a port of this machine that answers lines as a test tells it. */
final class BenchEmulator implements AutoCloseable {
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ServerSocket server;
  private final Thread accepting;

  BenchEmulator() throws IOException {
    this(0);
  }

  BenchEmulator(int port) throws IOException {
    server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    accepting = start(this::accept);
  }

  /** Makes it answer this line so; a line without an answer is met with silence. */
  BenchEmulator answer(String line, String answer) {
    answers.put(line, answer);
    return this;
  }

  /** Makes it not answer this line any more. */
  void silence(String line) {
    answers.remove(line);
  }

  /** What it was told, without the questions for its identity. */
  List<String> heard() {
    return heard;
  }

  int port() {
    return server.getLocalPort();
  }

  String address() {
    return "127.0.0.1:" + port();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    // Only its end frees the port.
    await().until(() -> !accepting.isAlive());
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        sockets.add(socket);
        start(() -> serve(socket));
      }
    } catch (IOException e) {
      // Switched off.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        heard.add(line);
        String answer = answers.get(line);
        if (answer != null) {
          socket.getOutputStream().write((answer + "\n").getBytes(StandardCharsets.US_ASCII));
        }
      }
    } catch (IOException e) {
      // Hung up.
    }
  }

  private static Thread start(Runnable task) {
    Thread thread = new Thread(task, "instrument");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
