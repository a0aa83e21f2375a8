package iotbox.stock.printer.raw;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;

/** Collects what is written into pieces, sends them, and counts what the printer has taken. */
public final class RawOutput extends OutputStream {
  private static final int PIECE = 8 << 10;

  private final RawLine line;
  private final Duration patience;
  private final byte[] piece = new byte[PIECE];
  private int filled;
  private long sent;
  private boolean interrupted;

  /**
   * @param patience how long the printer may take nothing
   */
  public RawOutput(RawLine line, Duration patience) {
    this.line = line;
    this.patience = patience;
  }

  @Override
  public void write(int one) throws IOException {
    if (filled == PIECE) {
      flush();
    }
    piece[filled++] = (byte) one;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > PIECE - filled) {
      flush();
    }
    if (length > PIECE) {
      send(bytes, offset, length);
    } else {
      System.arraycopy(bytes, offset, piece, filled, length);
      filled += length;
    }
  }

  /** Sends what was collected. */
  @Override
  public void flush() throws IOException {
    int length = filled;
    filled = 0;
    send(piece, 0, length);
  }

  private void send(byte[] bytes, int offset, int length) throws IOException {
    try {
      line.write(bytes, offset, length, patience);
      sent += length;
    } catch (LineException e) {
      if (e.touched()) {
        sent++;
      }
      throw e;
    } catch (InterruptedException e) {
      interrupted = true;
      throw new InterruptedIOException("interrupted while printing");
    }
  }

  /** Whether the writing thread was interrupted; its flag is not set again. */
  public boolean interrupted() {
    return interrupted;
  }

  /** More than 0 as soon as the printer has taken anything. */
  public long sent() {
    return sent;
  }
}
