package iotbox.stock.printer.raw;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A printer at a TCP port. */
public final class SocketLine implements RawLine {
  /** Most printers close the connection as soon as they have all of a job. */
  private static final Duration FAREWELL = Duration.ofMillis(300);

  /**
   * What the printer has not taken waits with us and not in the kernel, so that it is known how
   * much that is.
   */
  private static final int SEND_BUFFER = 16 << 10;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final ByteBuffer received = ByteBuffer.allocate(256).limit(0);

  private SocketLine(SocketChannel channel, Selector selector) throws IOException {
    this.channel = channel;
    this.selector = selector;
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
    this.key = channel.register(selector, SelectionKey.OP_CONNECT);
  }

  /**
   * Connects.
   *
   * @throws IOException if the printer refuses, or does not answer within that time
   */
  public static SocketLine open(String host, int port, Duration patience)
      throws IOException, InterruptedException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new UnknownHostException("There is no " + host);
    }
    SocketLine line = new SocketLine(SocketChannel.open(), Selector.open());
    boolean connected = false;
    try {
      connected = line.channel.connect(address) || line.finishConnect(patience);
      // What asks the printer must not wait for what prints.
      line.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      line.channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      return line;
    } finally {
      if (!connected) {
        line.close();
      }
    }
  }

  private boolean finishConnect(Duration patience) throws IOException, InterruptedException {
    if (!await(SelectionKey.OP_CONNECT, System.nanoTime() + patience.toNanos())) {
      throw new SocketTimeoutException("no answer within " + patience.toSeconds() + " s");
    }
    return channel.finishConnect();
  }

  @Override
  public void write(byte[] bytes, int offset, int length, Duration patience)
      throws LineException, InterruptedException {
    ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (left.hasRemaining()) {
        if (channel.write(left) > 0) {
          deadline = System.nanoTime() + patience.toNanos();
        } else if (!await(SelectionKey.OP_WRITE, deadline)) {
          throw new LineException(
              "it took nothing for " + patience.toSeconds() + " s", true, left.position() > offset);
        }
      }
    } catch (LineException e) {
      throw e;
    } catch (IOException e) {
      throw new LineException(e.getMessage(), false, left.position() > offset);
    }
  }

  @Override
  public int read(Duration patience) throws IOException, InterruptedException {
    if (!received.hasRemaining()) {
      long deadline = System.nanoTime() + patience.toNanos();
      received.clear();
      int count = channel.read(received);
      while (count == 0 && await(SelectionKey.OP_READ, deadline)) {
        count = channel.read(received);
      }
      received.flip();
      if (count < 0) {
        throw new EOFException("the printer has closed the connection");
      }
    }
    return received.hasRemaining() ? received.get() & 0xFF : -1;
  }

  @Override
  public boolean answers() {
    return true;
  }

  @Override
  public boolean usable() {
    return channel.isOpen();
  }

  @Override
  public void finish() throws IOException, InterruptedException {
    channel.shutdownOutput();
    long deadline = System.nanoTime() + FAREWELL.toNanos();
    int count = 0;
    while (count >= 0 && await(SelectionKey.OP_READ, deadline)) {
      received.clear();
      count = channel.read(received);
    }
  }

  /** Whether the channel became ready before that time. */
  private boolean await(int operation, long deadline) throws IOException, InterruptedException {
    key.interestOps(operation);
    while (true) {
      long millis = (deadline - System.nanoTime() + 999_999) / 1_000_000;
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (millis <= 0) {
        return false;
      }
      selector.select(millis);
      if (!selector.selectedKeys().isEmpty()) {
        selector.selectedKeys().clear();
        return true;
      }
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
      selector.close();
    } catch (IOException e) {
      // It is not used any more, whatever becomes of it.
    }
  }
}
