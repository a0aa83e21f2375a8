package iotbox.stock.input;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import iotbox.stock.library.OpenFiles;
import iotbox.stock.library.SystemLibrary;
import java.io.IOException;

/**
 * What only event files need of the C library, by way of JNA: Java cannot grab them. Only the first
 * use loads JNA.
 */
final class EventFiles {
  private static final int READ_AT_ONCE = 0x80800; // O_RDONLY | O_NONBLOCK | O_CLOEXEC
  private static final int PIPE_FLAGS = 0x80800; // O_NONBLOCK | O_CLOEXEC
  private static final long GRAB = 0x40044590L; // EVIOCGRAB

  static {
    SystemLibrary.bind(EventFiles.class, "c");
  }

  private EventFiles() {}

  private static native int ioctl(int file, NativeLong request, NativeLong argument)
      throws LastErrorException;

  private static native int pipe2(int[] ends, int flags) throws LastErrorException;

  /** The bytes of a {@code long} here. */
  static int wordBytes() {
    return NativeLong.SIZE;
  }

  static int openFile(String path) throws IOException {
    try {
      return OpenFiles.openFile(path, READ_AT_ONCE);
    } catch (IOException e) {
      throw new IOException(path + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Has this file's events come here only, or to all who read the device again. */
  static void grab(int file, boolean alone) throws IOException {
    try {
      ioctl(file, new NativeLong(GRAB), new NativeLong(alone ? 1 : 0));
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
   * Reads what is there.
   *
   * @return how many bytes; 0 if there is nothing just now, -1 if the file is lost
   */
  static int readFrom(int file, byte[] into) {
    try {
      int count = OpenFiles.readFrom(file, into);
      return count == 0 ? -1 : Math.max(0, count);
    } catch (IOException e) {
      return -1;
    }
  }

  /** Writes one byte; a pipe that is full wakes its reader as well. */
  static void nudge(int file) {
    try {
      OpenFiles.writeTo(file, new byte[1]);
    } catch (IOException e) {
      // It is full.
    }
  }
}
