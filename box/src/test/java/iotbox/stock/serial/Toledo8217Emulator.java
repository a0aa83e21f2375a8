package iotbox.stock.serial;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Mettler-Toledo 8217 scale at the other end of a serial line. It answers {@code W} with its
 * weight or its status byte, and repeats what it hears between {@code E} and {@code F}.
 */
public final class Toledo8217Emulator implements AutoCloseable {
  private final RandomAccessFile line;
  private final AtomicInteger weightRequests = new AtomicInteger();
  private volatile String answer = weight("0.000");
  private volatile long lastNewAnswer;
  private volatile int parityBits;
  private volatile boolean confirmsEnd;

  /** Serves the terminal at this path until it is closed or the line is gone. */
  public Toledo8217Emulator(String path) throws IOException {
    line = new RandomAccessFile(path, "rw");
    Thread thread = new Thread(this::serve, "scale");
    thread.setDaemon(true);
    thread.start();
  }

  /** Puts a load on the scale: digits and a dot, such as {@code 1.234}. */
  public void show(String digits) {
    answer = weight(digits);
  }

  /** Makes it answer with this status byte instead of a weight. */
  public void status(char status) {
    answer = "\u0002?" + status + "\r";
  }

  /** Makes it answer exactly this, {@code ""} for silence. */
  public void answer(String exactly) {
    answer = exactly;
  }

  /** Makes it set the even parity bit in every byte, as seen by a line of 8 data bits. */
  public void showParity() {
    parityBits = 0x80;
  }

  /** Makes it confirm the end of its test mode, as some models do. */
  public void confirmEnd() {
    confirmsEnd = true;
  }

  /**
   * When, by {@link System#nanoTime}, it began to send a weight that is another one than before.
   */
  public long lastNewAnswer() {
    return lastNewAnswer;
  }

  /** How often it was asked for its weight. */
  public int weightRequests() {
    return weightRequests.get();
  }

  @Override
  public void close() throws IOException {
    line.close();
  }

  private void serve() {
    boolean echo = false;
    String sent = answer;
    try {
      for (int heard = line.read(); heard >= 0; heard = line.read()) {
        if (heard == 'F') {
          echo = false;
          send(confirmsEnd ? "\u0002F\r" : "");
        } else if (echo) {
          send(String.valueOf((char) heard));
        } else if (heard == 'E') {
          echo = true;
          send("\u0002E\r");
        } else if (heard == 'W') {
          weightRequests.incrementAndGet();
          String next = answer;
          if (!next.equals(sent)) {
            sent = next;
            lastNewAnswer = System.nanoTime();
          }
          send(next);
        }
      }
    } catch (IOException e) {
      // The line is gone.
    }
  }

  private void send(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < bytes.length; i++) {
      if (Integer.bitCount(bytes[i]) % 2 == 1) {
        bytes[i] |= (byte) parityBits;
      }
    }
    line.write(bytes);
  }

  private static String weight(String digits) {
    return "\u0002" + digits + "\r";
  }
}
