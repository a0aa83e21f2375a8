package iotbox.box.odoo.bus;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;

/**
 * Sockets that end when more bytes arrive for one message than a message may have. OkHttp collects
 * a whole message in memory, whatever its size, and has no setting for that.
 */
final class BoundedSockets extends SocketFactory {
  private final long limit;
  private final AtomicLong read = new AtomicLong();

  BoundedSockets(long limit) {
    this.limit = limit;
  }

  /** A message has arrived whole; counting begins anew. */
  void arrived() {
    read.set(0);
  }

  @Override
  public Socket createSocket() {
    return new Socket() {
      @Override
      public InputStream getInputStream() throws IOException {
        return new Counting(super.getInputStream());
      }
    };
  }

  private final class Counting extends FilterInputStream {
    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      count(Math.max(count, 0));
      return count;
    }

    private void count(int bytes) throws IOException {
      if (read.addAndGet(bytes) > limit) {
        throw new IOException("a message of more than " + limit + " bytes");
      }
    }
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw unused();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    throw unused();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw unused();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    throw unused();
  }

  private static SocketException unused() {
    return new SocketException("OkHttp connects its sockets itself");
  }
}
