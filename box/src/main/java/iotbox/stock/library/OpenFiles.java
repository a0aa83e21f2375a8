package iotbox.stock.library;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Open files by the numbers that the C library has for them: Java opens files, but cannot wait for
 * two at once. On any thread; a number must not be used after it was closed, as it may be that of
 * another file then. Only the first use loads JNA.
 */
public final class OpenFiles {
  /** There is something to read. */
  public static final int READABLE = 0x001;

  /** There is room to write. */
  public static final int WRITABLE = 0x004;

  /** Nobody has the other end open. */
  public static final int HUNG_UP = 0x010;

  private static final int INTERRUPTED = 4; // EINTR
  private static final int NOTHING_THERE = Platform.isMac() ? 35 : 11; // EAGAIN
  private static final int POLLED_BYTES = 8; // struct pollfd

  static {
    SystemLibrary.bind(OpenFiles.class, "c");
  }

  private OpenFiles() {}

  private static native int open(String path, int flags) throws LastErrorException;

  private static native int poll(byte[] files, NativeLong count, int millis)
      throws LastErrorException;

  private static native NativeLong read(int file, byte[] into, NativeLong most)
      throws LastErrorException;

  private static native NativeLong write(int file, byte[] from, NativeLong count)
      throws LastErrorException;

  private static native int close(int file) throws LastErrorException;

  /**
   * Opens a file.
   *
   * @param flags as the system's header has them, such as {@code O_RDONLY}
   * @throws IOException with the system's reason only
   */
  public static int openFile(String path, int flags) throws IOException {
    try {
      return open(path, flags);
    } catch (LastErrorException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * Waits until what is wanted is the case for one of these files, or one of them is lost. Blocks,
   * and is not ended by an interrupt of the thread.
   *
   * @param wanted {@link #READABLE}, {@link #WRITABLE} or both
   * @param millis at most; -1 for ever
   * @return for each file what is the case; 0 for nothing
   */
  public static int[] await(int[] files, int wanted, int millis) throws IOException {
    ByteBuffer polled =
        ByteBuffer.allocate(files.length * POLLED_BYTES).order(ByteOrder.nativeOrder());
    for (int file : files) {
      polled.putInt(file).putShort((short) wanted).putShort((short) 0);
    }
    try {
      poll(polled.array(), new NativeLong(files.length), millis);
    } catch (LastErrorException e) {
      if (e.getErrorCode() != INTERRUPTED) {
        throw new IOException(e.getMessage(), e);
      }
    }
    int[] found = new int[files.length];
    for (int i = 0; i < files.length; i++) {
      found[i] = polled.getShort(i * POLLED_BYTES + 6) & 0xffff;
    }
    return found;
  }

  /**
   * Reads what is there; waits for it unless the file was opened to be read at once.
   *
   * @return how many bytes; 0 at the end, -1 if there is nothing just now
   * @throws IOException with the system's reason only
   */
  public static int readFrom(int file, byte[] into) throws IOException {
    try {
      return read(file, into, new NativeLong(into.length)).intValue();
    } catch (LastErrorException e) {
      if (e.getErrorCode() == NOTHING_THERE || e.getErrorCode() == INTERRUPTED) {
        return -1;
      }
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * Writes these bytes, or the first of them.
   *
   * @return how many
   * @throws IOException with the system's reason only
   */
  public static int writeTo(int file, byte[] bytes) throws IOException {
    try {
      return write(file, bytes, new NativeLong(bytes.length)).intValue();
    } catch (LastErrorException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Closes it, whatever the system says to that: it is not used any more. */
  public static void closeFile(int file) {
    try {
      close(file);
    } catch (LastErrorException e) {
      // The number is free all the same.
    }
  }
}
