package iotbox.stock.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;

/**
 * A TCP connection, byte for byte. An end that goes without a word while nothing is sent is noticed
 * after half a minute, by TCP's keep-alive.
 */
final class TcpWire implements Wire {
  private static final Duration CONNECT = Duration.ofMillis(1500);

  /** Seconds, seconds, and how often; Linux, macOS and newer Windows know them. */
  private static final Map<String, Integer> KEEP_ALIVE =
      Map.of("TCP_KEEPIDLE", 10, "TCP_KEEPINTERVAL", 5, "TCP_KEEPCOUNT", 3);

  private final Socket socket;
  private final InputStream input;
  private final String path;
  private boolean lost;

  private TcpWire(Socket socket, String path) throws IOException {
    this.socket = socket;
    this.input = socket.getInputStream();
    this.path = path;
  }

  /** Connects; blocks for a second and a half, and while the name is looked up. */
  static TcpWire to(PortAddress address, String path) throws IOException {
    Socket socket = new Socket();
    try {
      InetSocketAddress to = new InetSocketAddress(address.host(), address.port());
      if (to.isUnresolved()) {
        throw new UnknownHostException("no address is known for " + address.host());
      }
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(SLICE_MS);
      keepAlive(socket);
      socket.connect(to, (int) CONNECT.toMillis());
      return new TcpWire(socket, path);
    } catch (IOException e) {
      socket.close();
      throw new IOException(
          path
              + " cannot be reached: switch the serial server on, or correct the address ("
              + e.getMessage()
              + ")",
          e);
    }
  }

  private static void keepAlive(Socket socket) throws IOException {
    socket.setKeepAlive(true);
    for (SocketOption<?> option : socket.supportedOptions()) {
      if (KEEP_ALIVE.containsKey(option.name()) && option.type() == Integer.class) {
        set(socket, option, KEEP_ALIVE.get(option.name()));
      }
    }
  }

  private static <T> void set(Socket socket, SocketOption<T> option, Object value)
      throws IOException {
    socket.setOption(option, option.type().cast(value));
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    check();
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw lost(e);
    }
  }

  @Override
  public int read(byte[] into) throws IOException {
    check();
    try {
      int count = input.read(into);
      if (count < 0) {
        throw lost(null);
      }
      return count;
    } catch (SocketTimeoutException e) {
      return 0;
    } catch (IOException e) {
      throw lost ? e : lost(e);
    }
  }

  @Override
  public void discardInput() throws IOException {
    byte[] dropped = new byte[1024];
    while (hasInput()) {
      read(dropped);
    }
  }

  /** Whether something has arrived that was not read. */
  boolean hasInput() throws IOException {
    check();
    return input.available() > 0;
  }

  @Override
  public void check() throws IOException {
    if (lost) {
      throw lost(null);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more anyway.
    }
  }

  private IOException lost(IOException why) {
    lost = true;
    return new IOException(
        why == null
            ? path + " has closed the connection: somebody else may use the port"
            : path + " has lost the connection: " + why.getMessage(),
        why);
  }
}
