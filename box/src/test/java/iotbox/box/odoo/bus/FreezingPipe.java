package iotbox.box.odoo.bus;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A way to a server that can freeze: connections stay open, and nothing comes through any more, as
 * when a router forgets them.
 */
public final class FreezingPipe implements AutoCloseable {
  private final ServerSocket entrance;
  private final int target;
  private final List<Way> ways = new CopyOnWriteArrayList<>();

  private static final class Way {
    private final Socket in;
    private final Socket out;
    private volatile boolean frozen;

    Way(Socket in, Socket out) {
      this.in = in;
      this.out = out;
    }
  }

  public FreezingPipe(int target) {
    this.target = target;
    try {
      entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  public String url() {
    return "http://127.0.0.1:" + entrance.getLocalPort();
  }

  /** From now on nothing comes through the connections that there are; new ones work. */
  public void freezeWhatIsOpen() {
    ways.forEach(way -> way.frozen = true);
  }

  private void accept() {
    try {
      while (true) {
        Socket in = entrance.accept();
        Socket out = new Socket(InetAddress.getLoopbackAddress(), target);
        Way way = new Way(in, out);
        ways.add(way);
        start(() -> copy(way, in, out));
        start(() -> copy(way, out, in));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private static void copy(Way way, Socket from, Socket to) {
    byte[] bytes = new byte[8192];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        if (!way.frozen) {
          out.write(bytes, 0, count);
          out.flush();
        }
      }
      if (!way.frozen) {
        to.close();
      }
    } catch (IOException e) {
      // The other end is gone.
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "pipe");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    for (Way way : ways) {
      way.in.close();
      way.out.close();
    }
  }
}
