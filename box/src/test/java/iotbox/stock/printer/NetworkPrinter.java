package iotbox.stock.printer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A receipt printer at a TCP port of the loopback, which serves one connection at a time and prints
 * on {@link #paper()}. Commands in real time are answered as they arrive, also in the middle of a
 * picture, as by real ones; all others in turn. A test can open its cover, take its paper, make it
 * deaf, mute, or have it hang up.
 */
public final class NetworkPrinter implements AutoCloseable {
  private static final int MEMORY = 64 << 10;

  private final ServerSocket server;
  private final boolean star;
  private final Paper paper = new Paper();
  private final List<String> faults = new ArrayList<>(); // guarded by itself
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger questions = new AtomicInteger();
  private volatile Socket connection;
  private volatile long firstByteNanos;
  private volatile long lastByteNanos;

  // What the test does to the printer; guarded by this.
  private boolean mute;
  private boolean unmarked;
  private boolean coverOpen;
  private boolean paperOut;
  private boolean paperLow;
  private boolean deaf;
  private int rowsLeft = Integer.MAX_VALUE;
  private long hangUpAfter = Long.MAX_VALUE;
  private int hangUpsAtOnce;

  private NetworkPrinter(boolean star) throws IOException {
    this.star = star;
    this.server = new ServerSocket();
    // So that it takes no more than a real one while it does not print.
    server.setReceiveBufferSize(8 << 10);
    server.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    start("printer " + server.getLocalPort(), this::serve);
  }

  /** One that speaks ESC/POS and answers. */
  public static NetworkPrinter escPos() throws IOException {
    return new NetworkPrinter(false);
  }

  /** One that speaks Star's language. */
  public static NetworkPrinter star() throws IOException {
    return new NetworkPrinter(true);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Its address as a person gives it. */
  public String uri() {
    return "socket://127.0.0.1:" + port();
  }

  public Paper paper() {
    return paper;
  }

  /** What it did not understand. */
  public List<String> faults() {
    synchronized (faults) {
      return List.copyOf(faults);
    }
  }

  public int connections() {
    return connections.get();
  }

  /** How often it was asked how it is doing. */
  public int questions() {
    return questions.get();
  }

  /** When the last job's first byte that is no question arrived ({@link System#nanoTime()}). */
  public long firstByteNanos() {
    return firstByteNanos;
  }

  /** When the last byte of all arrived that was no question. */
  public long lastByteNanos() {
    return lastByteNanos;
  }

  /** Answers nothing, like many. */
  public synchronized NetworkPrinter mute() {
    mute = true;
    return this;
  }

  /** Answers DLE EOT but not GS r. */
  public synchronized NetworkPrinter unmarked() {
    unmarked = true;
    return this;
  }

  public synchronized void cover(boolean open) {
    coverOpen = open;
    notifyAll();
  }

  public synchronized void paperOut(boolean out) {
    paperOut = out;
    if (!out) {
      rowsLeft = Integer.MAX_VALUE;
    }
    notifyAll();
  }

  public synchronized void paperLow(boolean low) {
    paperLow = low;
  }

  /** The roll ends after so many rows more. */
  public synchronized void paperEndsAfter(int rows) {
    rowsLeft = rows;
  }

  /** Takes nothing from the line, like one whose buffer is full. */
  public synchronized void deaf(boolean now) {
    deaf = now;
    notifyAll();
  }

  /** Hangs up in the middle of the next job, after so many of its bytes. */
  public synchronized void hangUpAfter(long bytes) {
    hangUpAfter = bytes;
  }

  /** Hangs up at once, as often as that. */
  public synchronized void hangUpAtOnce(int times) {
    hangUpsAtOnce = times;
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        socket.setTcpNoDelay(true);
        connection = socket;
        connections.incrementAndGet();
        serve(socket);
      } catch (IOException e) {
        if (!server.isClosed() && !"Socket closed".equals(e.getMessage())) {
          fault(e);
        }
      }
    }
  }

  private void serve(Socket socket) throws IOException {
    synchronized (this) {
      if (hangUpsAtOnce > 0) {
        hangUpsAtOnce--;
        socket.setSoLinger(true, 0);
        return;
      }
    }
    PipedInputStream buffer = new PipedInputStream(MEMORY);
    PipedOutputStream filled = new PipedOutputStream(buffer);
    OutputStream answers = socket.getOutputStream();
    Thread mechanism = new Thread(() -> print(buffer, answers), "mechanism");
    mechanism.setDaemon(true);
    mechanism.start();
    receive(socket, filled, answers);
    filled.close();
    join(mechanism);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The interface board: takes what comes, answers in real time. */
  private void receive(Socket socket, OutputStream filled, OutputStream answers)
      throws IOException {
    InputStream in = socket.getInputStream();
    byte[] piece = new byte[4096];
    int before = 0;
    int last = 0;
    long received = 0;
    while (true) {
      await(() -> !deaf);
      int length = in.read(piece);
      if (length < 0) {
        return;
      }
      long now = System.nanoTime();
      for (int i = 0; i < length; i++) {
        int next = piece[i] & 0xFF;
        if (before == 0x10 && last == 0x04 && next >= 1 && next <= 4) {
          questions.incrementAndGet();
          answer(answers, next);
        } else if (received == 0 && isOfJob(last, next)) {
          firstByteNanos = now;
        }
        before = last;
        last = next;
      }
      boolean question = length <= 3 && (piece[0] == 0x10 || piece[0] == 0x1D && piece[1] == 'r');
      if (!question) {
        lastByteNanos = now;
        received += length;
        synchronized (this) {
          if (received >= hangUpAfter) {
            hangUpAfter = Long.MAX_VALUE;
            socket.setSoLinger(true, 0);
            socket.close();
            return;
          }
        }
      }
      filled.write(piece, 0, length);
      filled.flush();
    }
  }

  /** Neither of a question nor of GS r. */
  private static boolean isOfJob(int last, int next) {
    return last == 0x1D && next != 'r' || last == 0x1B;
  }

  private void answer(OutputStream answers, int what) throws IOException {
    int answer;
    synchronized (this) {
      if (mute || star) {
        return;
      }
      boolean offline = coverOpen || paperOut;
      answer =
          0x12
              | switch (what) {
                case 1 -> offline ? 0x08 : 0;
                case 2 -> (coverOpen ? 0x04 : 0) | (paperOut ? 0x20 : 0);
                case 4 -> (paperLow ? 0x0C : 0) | (paperOut ? 0x6C : 0);
                default -> 0;
              };
    }
    answers.write(answer);
  }

  private void print(InputStream buffer, OutputStream answers) {
    try {
      if (star) {
        new StarPaper(buffer, paper).print();
      } else {
        new EscPosPaper(buffer, paper, this::feedRow, what -> sensor(answers)).print();
      }
    } catch (IOException e) {
      fault(e);
    }
  }

  private void feedRow() {
    synchronized (this) {
      if (rowsLeft == 0) {
        paperOut = true;
      }
      rowsLeft--;
    }
    await(() -> !paperOut && !coverOpen);
  }

  private void sensor(OutputStream answers) {
    int answer;
    synchronized (this) {
      if (mute || unmarked) {
        return;
      }
      answer = paperLow ? 0x03 : 0;
    }
    try {
      answers.write(answer);
    } catch (IOException e) {
      // Nobody listens any more.
    }
  }

  private interface Condition {
    boolean holds();
  }

  private synchronized void await(Condition condition) {
    try {
      while (!condition.holds() && !server.isClosed()) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void fault(IOException e) {
    synchronized (faults) {
      faults.add(e.toString());
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    Socket last = connection;
    if (last != null) {
      last.close();
    }
    synchronized (this) {
      notifyAll();
    }
  }
}
