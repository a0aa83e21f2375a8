package iotbox.stock.input;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the C library does with event files, by way of JNA: Java opens files, but cannot grab them,
 * nor wait for two at once. Only the first use loads JNA.
 */
final class EventFiles {
  /** {@code poll}: there is something to read. */
  static final int READABLE = 0x001;

  private static final int READ_AT_ONCE = 0x80800; // O_RDONLY | O_NONBLOCK | O_CLOEXEC
  private static final int PIPE_FLAGS = 0x80800; // O_NONBLOCK | O_CLOEXEC
  private static final NativeLong GRAB = new NativeLong(0x40044590L); // EVIOCGRAB
  private static final int INTERRUPTED = 4; // EINTR
  private static final int NOTHING_THERE = 11; // EAGAIN

  static {
    // JNA would make a folder in the user's home for its own library, and leave it there.
    System.getProperties().putIfAbsent("jna.tmpdir", System.getProperty("java.io.tmpdir"));
    Native.register("c");
  }

  private EventFiles() {}

  private static native int open(String path, int flags) throws LastErrorException;

  private static native int ioctl(int file, NativeLong request, NativeLong argument)
      throws LastErrorException;

  private static native int pipe2(int[] ends, int flags) throws LastErrorException;

  private static native int poll(byte[] files, NativeLong count, int millis)
      throws LastErrorException;

  private static native NativeLong read(int file, byte[] into, NativeLong most)
      throws LastErrorException;

  private static native NativeLong write(int file, byte[] from, NativeLong count)
      throws LastErrorException;

  private static native int close(int file) throws LastErrorException;

  /** The bytes of a {@code long} here. */
  static int wordBytes() {
    return NativeLong.SIZE;
  }

  static int openFile(String path) throws IOException {
    try {
      return open(path, READ_AT_ONCE);
    } catch (LastErrorException e) {
      throw new IOException(path + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Has this file's events come here only, or to all who read the device again. */
  static void grab(int file, boolean alone) throws IOException {
    try {
      ioctl(file, GRAB, new NativeLong(alone ? 1 : 0));
    } catch (LastErrorException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** What is written to the second end is read from the first. */
  static int[] openPipe() throws IOException {
    try {
      int[] ends = new int[2];
      pipe2(ends, PIPE_FLAGS);
      return ends;
    } catch (LastErrorException e) {
      throw new IOException("No pipe can be opened: " + e.getMessage(), e);
    }
  }

  /**
   * Waits until there is something to read from one of these files, or one of them is lost.
   *
   * @param millis at most; -1 for ever
   * @return for each file what is the case; 0 for nothing
   */
  static int[] await(int[] files, int millis) throws IOException {
    ByteBuffer polled = ByteBuffer.allocate(files.length * 8).order(ByteOrder.nativeOrder());
    for (int file : files) {
      polled.putInt(file).putShort((short) READABLE).putShort((short) 0);
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
      found[i] = polled.getShort(i * 8 + 6) & 0xffff;
    }
    return found;
  }

  /**
   * Reads what is there.
   *
   * @return how many bytes; 0 if there is nothing just now, -1 if the file is lost
   */
  static int readFrom(int file, byte[] into) {
    try {
      int count = read(file, into, new NativeLong(into.length)).intValue();
      return count == 0 ? -1 : count;
    } catch (LastErrorException e) {
      return e.getErrorCode() == NOTHING_THERE || e.getErrorCode() == INTERRUPTED ? 0 : -1;
    }
  }

  /** Writes one byte; a pipe that is full wakes its reader as well. */
  static void nudge(int file) {
    try {
      write(file, new byte[1], new NativeLong(1));
    } catch (LastErrorException e) {
      // It is full.
    }
  }

  static void closeFile(int file) {
    try {
      close(file);
    } catch (LastErrorException e) {
      // It is not used any more.
    }
  }
}
