package iotbox.stock.serial;

import iotbox.stock.wire.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * An open serial port, of this machine or in the network. For one thread at a time; {@link #stop()}
 * alone may come from another.
 */
public final class SerialConnection implements AutoCloseable {
  /** No device that is asked something answers this much; one that talks without end does. */
  private static final int LONGEST_ANSWER = 64 * 1024;

  private final Wire wire;
  private final String path;
  private final int mask;
  private final long limit;
  private final byte[] received = new byte[1024];
  private int next;
  private int end;

  /** What was read of an answer whose end has not come; the next read goes on with it. */
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

  private volatile boolean stopped;

  private SerialConnection(Wire wire, String path, int mask, long limit) {
    this.wire = wire;
    this.path = path;
    this.mask = mask;
    this.limit = limit;
  }

  /** Opens the port for this process alone. */
  static SerialConnection open(String path, SerialSettings settings) throws IOException {
    return open(path, settings, Duration.ofDays(365));
  }

  /**
   * Opens the port for this process alone, for reading no longer than {@code lifetime}. Drivers
   * have no need of it: {@link SerialDriver} opens their port.
   *
   * @param path or the address of a port in the network
   * @throws IOException if it is busy or not there, with a sentence for people
   */
  public static SerialConnection open(String path, SerialSettings settings, Duration lifetime)
      throws IOException {
    Wire wire = PortOpener.open(path, settings);
    long limit = System.nanoTime() + lifetime.toNanos();
    return new SerialConnection(wire, path, (1 << settings.dataBits()) - 1, limit);
  }

  /** The port's path. */
  public String path() {
    return path;
  }

  /** Sends these bytes. */
  public void write(byte[] bytes) throws IOException {
    checkOpen();
    wire.write(bytes);
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

  /**
   * Reads what has come, as soon as there is something.
   *
   * @return empty if nothing came in time
   * @throws IOException if the port is lost
   */
  public byte[] readSome(Duration within) throws IOException, InterruptedException {
    long deadline = earlier(System.nanoTime() + within.toNanos(), limit);
    while (next == end && deadline - System.nanoTime() > 0) {
      receive();
    }
    while (next < end) {
      begun.write(received[next++] & mask);
    }
    return take();
  }

  /** Forgets what has arrived and was not read. */
  public void discardInput() throws IOException {
    checkOpen();
    next = 0;
    end = 0;
    begun.reset();
    wire.discardInput();
  }

  /** What was read of an answer whose end has not come. */
  public byte[] begun() {
    return begun.toByteArray();
  }

  /** Fails if the port is gone, as far as can be told without talking. */
  void check() throws IOException {
    wire.check();
  }

  /** Makes a read that goes on in another thread end soon, with an exception. */
  void stop() {
    stopped = true;
  }

  @Override
  public void close() {
    stopped = true;
    wire.close();
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
    end = wire.read(received);
    next = 0;
  }

  private void checkOpen() throws IOException {
    if (stopped) {
      throw new IOException(path + " was closed");
    }
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
