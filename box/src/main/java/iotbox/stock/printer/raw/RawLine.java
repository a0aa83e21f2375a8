package iotbox.stock.printer.raw;

import java.io.IOException;
import java.time.Duration;

/**
 * An open way to a printer, used by one thread at a time. Every call ends by its time-out, and at
 * once when the thread is interrupted.
 */
public interface RawLine extends AutoCloseable {
  /**
   * Sends all of it.
   *
   * @param patience how long the printer may take nothing
   * @throws LineException if the printer took nothing for so long, or the line is lost; it tells
   *     how much was taken before
   */
  void write(byte[] bytes, int offset, int length, Duration patience)
      throws LineException, InterruptedException;

  /**
   * The next byte from the printer, or -1 if none came within that time.
   *
   * @throws IOException if the line is lost, or the printer has closed it
   */
  int read(Duration patience) throws IOException, InterruptedException;

  /** Whether the printer can be heard at all. */
  boolean answers();

  /** Whether it can be written to; a device file cannot any more after a time-out. */
  boolean usable();

  /**
   * Says that no more will come, and gives the printer a moment to object.
   *
   * @throws IOException if it has dropped the line with what was on the way
   */
  void finish() throws IOException, InterruptedException;

  /** Does not fail. */
  @Override
  void close();
}
