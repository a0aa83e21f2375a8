package iotbox.stock.serial;

import com.fazecast.jSerialComm.SerialPort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * An open serial port. For one thread at a time; {@link #stop()} alone may come from another.
 *
 * <p>jSerialComm says that a port is open long after its plug was pulled, so that is never asked:
 * every failed read or write counts as the end of the connection.
 */
public final class SerialConnection implements AutoCloseable {
  /** The longest native read, and so the time that interruption and deadlines may be late. */
  private static final int SLICE_MS = 100;

  /** No device that is asked something answers this much; one that talks without end does. */
  private static final int LONGEST_ANSWER = 64 * 1024;

  private final SerialPort port;
  private final String path;
  private final int mask;
  private final long limit;
  private final byte[] received = new byte[1024];
  private int next;
  private int end;

  /** What was read of an answer whose end has not come; the next read goes on with it. */
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

  private volatile boolean stopped;

  private SerialConnection(SerialPort port, String path, int mask, long limit) {
    this.port = port;
    this.path = path;
    this.mask = mask;
    this.limit = limit;
  }

  /** Opens the port for this process alone. */
  static SerialConnection open(String path, SerialSettings settings) throws IOException {
    return open(path, settings, Duration.ofDays(365));
  }

  /** Opens the port for this process alone, for reading no longer than {@code lifetime}. */
  static SerialConnection open(String path, SerialSettings settings, Duration lifetime)
      throws IOException {
    SerialPort port = PortOpener.open(path, settings);
    port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, SLICE_MS, 0);
    long limit = System.nanoTime() + lifetime.toNanos();
    return new SerialConnection(port, path, (1 << settings.dataBits()) - 1, limit);
  }

  /** The port's path. */
  public String path() {
    return path;
  }

  /** Sends these bytes. */
  public void write(byte[] bytes) throws IOException {
    checkOpen();
    if (port.writeBytes(bytes, bytes.length) != bytes.length) {
      throw lost();
    }
  }

  /** Sends this text, one byte for each character. */
  public void write(String text) throws IOException {
    write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * Reads up to this byte and ends with it, at once; the bytes behind it stay for the next read.
   *
   * @return what came, with the terminator
   * @throws AnswerException if the terminator did not come in time; what came stays for the next
   *     read
   * @throws IOException if the port is lost
   */
  public byte[] readUntil(int terminator, Duration within)
      throws IOException, InterruptedException {
    return read(LONGEST_ANSWER, terminator & mask, within);
  }

  /**
   * Reads exactly this many bytes.
   *
   * @throws AnswerException if fewer came in time; they stay for the next read
   * @throws IOException if the port is lost
   */
  public byte[] read(int count, Duration within) throws IOException, InterruptedException {
    return read(count, -1, within);
  }

  /** Forgets what has arrived and was not read. */
  public void discardInput() throws IOException {
    checkOpen();
    next = 0;
    end = 0;
    begun.reset();
    port.flushIOBuffers();
  }

  /** Whether the port is gone, as far as can be told without talking. */
  boolean isLost() {
    return port.bytesAvailable() < 0;
  }

  /** Makes a read that goes on in another thread end soon, with an exception. */
  void stop() {
    stopped = true;
  }

  @Override
  public void close() {
    stopped = true;
    port.closePort();
  }

  private byte[] read(int most, int terminator, Duration within)
      throws IOException, InterruptedException {
    long deadline = earlier(System.nanoTime() + within.toNanos(), limit);
    while (true) {
      while (next < end) {
        int value = received[next++] & mask;
        begun.write(value);
        if (value == terminator || (terminator < 0 && begun.size() == most)) {
          return take();
        }
        if (begun.size() >= most) {
          take();
          throw new AnswerException(path + " sends without end: " + most + " bytes, no terminator");
        }
      }
      if (deadline - System.nanoTime() <= 0) {
        throw new AnswerException(path + " " + whatCame() + " in time");
      }
      receive();
    }
  }

  private byte[] take() {
    byte[] answer = begun.toByteArray();
    begun.reset();
    return answer;
  }

  /** Waits for bytes, a slice at the longest. */
  private void receive() throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    checkOpen();
    int count = port.readBytes(received, received.length);
    // A pulled plug reads as "nothing came" on some systems; then only this question tells.
    if (count < 0 || (count == 0 && isLost())) {
      throw lost();
    }
    next = 0;
    end = count;
  }

  private void checkOpen() throws IOException {
    if (stopped) {
      throw new IOException(path + " was closed");
    }
  }

  private IOException lost() {
    return new IOException(path + " is gone: plug the device in again");
  }

  private String whatCame() {
    return begun.size() == 0
        ? "did not answer"
        : "did not finish its answer \"" + Bytes.readable(begun.toByteArray()) + "\"";
  }

  private static long earlier(long nanos, long others) {
    return nanos - others < 0 ? nanos : others;
  }
}
