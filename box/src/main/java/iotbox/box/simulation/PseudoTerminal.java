package iotbox.box.simulation;

import iotbox.stock.library.OpenFiles;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/**
 * A serial line without a wire: a driver opens {@link #path()} like a serial port, and this end is
 * the device. On Linux and macOS. Baud rate, parity and the like may be set and have no effect.
 *
 * <p>The lock {@code this} guards the files. It is held while there is no room to send, a fifth of
 * a second at the longest, and not while anybody waits for bytes: {@link #close()} may come from
 * any thread and ends a {@link #read} at once. Reading is for one thread.
 */
public final class PseudoTerminal implements Wire, AutoCloseable {
  /** A real line loses what is not taken from it in time. */
  private static final int SEND_PATIENCE_MILLIS = 200;

  /** So much fits at once wherever the system says that there is room. */
  private static final int PIECE = 64;

  /** While nobody has the driver's end open there is no other way to learn of it. */
  private static final int CLOSED_PAUSE_MILLIS = 20;

  private final int device;
  private final int woken;
  private final int wake;
  private final String path;
  private boolean closed;
  private boolean reading;

  private PseudoTerminal(int device, int[] pipe, String path) {
    this.device = device;
    this.woken = pipe[0];
    this.wake = pipe[1];
    this.path = path;
  }

  /**
   * Opens one.
   *
   * @throws IOException if the system has none, with a sentence for people
   */
  public static PseudoTerminal open() throws IOException {
    String system = System.getProperty("os.name");
    if (system.toLowerCase(Locale.ROOT).startsWith("windows")) {
      throw new IOException(
          "Simulated serial lines need Linux or macOS, and this is "
              + system
              + "; have the script played at a TCP port, or use a program that joins two COM ports");
    }
    int device = Terminals.openDevice();
    try {
      String path = Terminals.pathOf(device);
      Terminals.makeRaw(path);
      return new PseudoTerminal(device, Terminals.pipe(), path);
    } catch (IOException e) {
      OpenFiles.closeFile(device);
      throw e;
    }
  }

  /** What drivers open, such as {@code /dev/pts/7}. */
  public String path() {
    return path;
  }

  /**
   * Waits for bytes that a driver sends; for one thread.
   *
   * @return how many there are; -1 after the end
   */
  int read(byte[] into) throws IOException {
    synchronized (this) {
      if (closed) {
        return -1;
      }
      reading = true;
    }
    try {
      return await(into);
    } finally {
      synchronized (this) {
        reading = false;
        if (closed) {
          release();
        }
      }
    }
  }

  private int await(byte[] into) throws IOException {
    int[] both = {woken, device};
    while (true) {
      int[] found = OpenFiles.await(both, OpenFiles.READABLE, -1);
      if (found[0] != 0) {
        return -1;
      }
      if ((found[1] & OpenFiles.READABLE) != 0) {
        int count = OpenFiles.readFrom(device, into);
        if (count > 0) {
          return count;
        }
      } else if (found[1] != 0) {
        OpenFiles.await(new int[] {woken}, OpenFiles.READABLE, CLOSED_PAUSE_MILLIS);
      }
    }
  }

  /**
   * Sends these bytes to whoever has the other end open; lost if nobody has, or nobody reads them.
   */
  @Override
  public synchronized void send(byte[] bytes) throws IOException {
    int sent = 0;
    while (!closed && sent < bytes.length) {
      int found = OpenFiles.await(new int[] {device}, OpenFiles.WRITABLE, SEND_PATIENCE_MILLIS)[0];
      if ((found & OpenFiles.HUNG_UP) != 0 || (found & OpenFiles.WRITABLE) == 0) {
        return;
      }
      int end = Math.min(bytes.length, sent + PIECE);
      sent += OpenFiles.writeTo(device, Arrays.copyOfRange(bytes, sent, end));
    }
  }

  /** Pulls the plug: the path is gone, and whoever has it open is told. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (reading) {
      wake();
    } else {
      release();
    }
  }

  private void wake() {
    try {
      OpenFiles.writeTo(wake, new byte[1]);
    } catch (IOException e) {
      // The pipe is empty, so it takes a byte.
    }
  }

  private void release() {
    OpenFiles.closeFile(device);
    OpenFiles.closeFile(woken);
    OpenFiles.closeFile(wake);
  }
}
