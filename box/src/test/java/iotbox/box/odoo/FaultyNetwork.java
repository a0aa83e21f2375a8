package iotbox.box.odoo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * The network between a box and its server, real down to the socket, which fails as it is told to.
 * A fault ends the connections that are open, unless it is {@link #silence}; what was opened during
 * a fault stays as bad as it is when the fault is over.
 */
public final class FaultyNetwork implements AutoCloseable {
  /** Below those that systems give to outgoing connections, as it is closed and opened again. */
  private static final int LOWEST_PORT = 20_000;

  private static final int HIGHEST_PORT = 32_000;
  private static final String END_OF_HEAD = "\r\n\r\n";

  private final int target;
  private final int port;
  private final Set<Way> ways = ConcurrentHashMap.newKeySet();
  private volatile Manner manner = this::through;
  private volatile ServerSocket entrance;
  private volatile SSLContext tls;

  /** What becomes of a connection, from its opening to its end. */
  private interface Manner {
    void serve(Way way) throws Exception;
  }

  /** A connection of a box, and what belongs to it. */
  private static final class Way {
    private final Socket raw;
    private final Socket box;
    private volatile Socket server;
    private volatile boolean silent;

    Way(Socket raw, Socket box) {
      this.raw = raw;
      this.box = box;
    }

    void close() {
      for (Socket each : new Socket[] {raw, server}) {
        if (each != null) {
          try {
            each.close();
          } catch (IOException e) {
            // It is gone already.
          }
        }
      }
    }

    /** Ends it as a crash does, without a word of farewell. */
    void reset() {
      try {
        raw.setSoLinger(true, 0);
      } catch (IOException e) {
        // It is gone already.
      }
      close();
    }
  }

  /**
   * @param target the server's port on this machine
   */
  public FaultyNetwork(int target) {
    this.target = target;
    this.port = openAnywhere();
  }

  /** The port by which the server is reached. */
  public int port() {
    return port;
  }

  /** The server's address, as far as a box is concerned. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Presents itself with these certificates from now on; the server behind speaks plain HTTP. */
  public void secureWith(SSLContext context) {
    tls = context;
  }

  /** Everything comes through, in connections that are opened from now on. */
  public void heal() {
    manner = this::through;
    if (entrance.isClosed()) {
      open(port);
    }
  }

  /** Nothing comes through the connections that there are, as when a router forgets them. */
  public void silenceWhatIsOpen() {
    ways.forEach(way -> way.silent = true);
  }

  /** Nobody listens. */
  public void refuse() {
    close(entrance);
    resetAll();
  }

  /** What is open stays open and what is new is accepted, and nothing comes through any more. */
  public void silence() {
    manner = way -> way.box.getInputStream().transferTo(OutputStream.nullOutputStream());
    silenceWhatIsOpen();
  }

  /** Requests reach the server, and its answers break off in the middle of their bodies. */
  public void cutAnswers() {
    become(this::cut);
  }

  /** Answers arrive, one byte each second. */
  public void drip() {
    become(FaultyNetwork::dripped);
  }

  /** Somebody else answers everything with this body. */
  public void answer(String status, String contentType, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(status, contentType, bytes.length);
    become(
        way -> {
          if (readRequest(way.box.getInputStream())) {
            way.box.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            way.box.getOutputStream().write(bytes);
          }
        });
  }

  /** Ends all connections as a crash does. */
  public void resetAll() {
    ways.forEach(Way::reset);
  }

  private void become(Manner next) {
    manner = next;
    resetAll();
  }

  private int openAnywhere() {
    while (true) {
      try {
        int any = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
        open(any);
        return any;
      } catch (UncheckedIOException e) {
        // Taken.
      }
    }
  }

  private void open(int wanted) {
    try {
      ServerSocket opened = new ServerSocket();
      opened.setReuseAddress(true);
      opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 100);
      entrance = opened;
      start(() -> accept(opened));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket from) {
    while (!from.isClosed()) {
      try {
        Socket raw = from.accept();
        start(() -> serve(raw));
      } catch (IOException e) {
        // Closed.
      }
    }
  }

  private void serve(Socket raw) {
    Way way = null;
    try {
      way = new Way(raw, secured(raw));
      ways.add(way);
      manner.serve(way);
    } catch (Exception e) {
      // Either side is gone.
    } finally {
      if (way != null) {
        way.close();
        ways.remove(way);
      } else {
        close(raw);
      }
    }
  }

  private Socket secured(Socket raw) throws IOException {
    SSLContext context = tls;
    if (context == null) {
      return raw;
    }
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(raw, null, raw.getPort(), true);
    socket.setUseClientMode(false);
    return socket;
  }

  private void through(Way way) throws IOException {
    way.server = new Socket(InetAddress.getLoopbackAddress(), target);
    start(() -> copy(way, way.box, way.server));
    copy(way, way.server, way.box);
  }

  private static void copy(Way way, Socket from, Socket to) {
    byte[] bytes = new byte[8192];
    try {
      InputStream in = from.getInputStream();
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        if (!way.silent) {
          to.getOutputStream().write(bytes, 0, count);
        }
      }
      while (way.silent && way.raw.getInputStream().read(bytes) >= 0) {
        // The server is gone, and the box is not to know.
      }
    } catch (IOException e) {
      // Either side is gone.
    }
    way.close();
  }

  private void cut(Way way) throws IOException {
    way.server = new Socket(InetAddress.getLoopbackAddress(), target);
    start(() -> copy(way, way.box, way.server));
    InputStream in = way.server.getInputStream();
    String head = readHead(in);
    OutputStream out = way.box.getOutputStream();
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    // Part of a body, where there is one, or of what comes first after a handshake.
    int first = in.read();
    if (first >= 0) {
      out.write(first);
    }
    out.flush();
    way.reset();
  }

  private static void dripped(Way way) throws Exception {
    if (!readRequest(way.box.getInputStream())) {
      return;
    }
    String answer =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n{";
    for (int i = 0; ; i++) {
      way.box.getOutputStream().write(i < answer.length() ? answer.charAt(i) : ' ');
      Thread.sleep(1000);
    }
  }

  /** Reads one request with its body; {@code false} if none comes. */
  private static boolean readRequest(InputStream in) throws IOException {
    String head = readHead(in).toLowerCase(Locale.ROOT);
    int length = head.indexOf("\r\ncontent-length:");
    if (length >= 0) {
      String number = head.substring(length + 17, head.indexOf('\r', length + 2)).strip();
      in.skipNBytes(Long.parseLong(number));
    } else if (head.contains("\r\ntransfer-encoding: chunked")) {
      readUntil(in, "\r\n0" + END_OF_HEAD);
    }
    return !head.isEmpty();
  }

  private static String readHead(InputStream in) throws IOException {
    return readUntil(in, END_OF_HEAD);
  }

  private static String readUntil(InputStream in, String end) throws IOException {
    StringBuilder text = new StringBuilder();
    int end0 = end.length();
    for (int next = in.read(); next >= 0; next = in.read()) {
      text.append((char) next);
      if (text.length() >= end0 && text.indexOf(end, text.length() - end0) >= 0) {
        return text.toString();
      }
    }
    return "";
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "network");
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(AutoCloseable any) {
    try {
      any.close();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    close(entrance);
    resetAll();
  }
}
