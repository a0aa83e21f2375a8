package iotbox.stock.wire;

import java.io.IOException;

/**
 * An open line to a device, whatever it is made of. For one thread at a time. What goes wrong is an
 * {@code IOException} with a sentence for people; the wire is of no use any more then.
 */
public interface Wire extends AutoCloseable {
  /** The longest wait for bytes, in milliseconds, and so how late deadlines may be noticed. */
  int SLICE_MS = 100;

  /** Sends all of these. */
  void write(byte[] bytes) throws IOException;

  /**
   * Waits for bytes, {@value #SLICE_MS} ms at the longest.
   *
   * @return how many came; 0 if none did
   */
  int read(byte[] into) throws IOException;

  /** Forgets what has arrived and was not read. */
  void discardInput() throws IOException;

  /** Fails if the other end is gone, as far as can be told without talking. */
  void check() throws IOException;

  /** Lets it go; may be called again. */
  @Override
  void close();
}
