package iotbox.box.simulation;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the C library knows of terminals, by way of JNA: Java opens files, but has no pseudo
 * terminals, and cannot wait for two files at once. Only the first use loads JNA.
 */
final class Terminals {
  /** {@code poll}: there is something to read. */
  static final int READABLE = 0x001;

  /** {@code poll}: there is room to write. */
  static final int WRITABLE = 0x004;

  /** {@code poll}: nobody has the other end open. */
  static final int HUNG_UP = 0x010;

  private static final int READ_AND_WRITE = 2;
  private static final int NOT_OURS = Platform.isMac() ? 0x20000 : 0x100; // O_NOCTTY
  private static final int AT_ONCE = 0; // TCSANOW

  /** More than any system's {@code struct termios}. */
  private static final int SETTINGS_BYTES = 256;

  private static final int INTERRUPTED = 4; // EINTR

  static {
    // JNA would make a folder in the user's home for its own library, and leave it there.
    System.getProperties().putIfAbsent("jna.tmpdir", System.getProperty("java.io.tmpdir"));
    Native.register("c");
  }

  private Terminals() {}

  private static native int posix_openpt(int flags) throws LastErrorException;

  private static native int grantpt(int file) throws LastErrorException;

  private static native int unlockpt(int file) throws LastErrorException;

  private static native Pointer ptsname(int file) throws LastErrorException;

  private static native int open(String path, int flags) throws LastErrorException;

  private static native int tcgetattr(int file, byte[] settings) throws LastErrorException;

  private static native void cfmakeraw(byte[] settings);

  private static native int tcsetattr(int file, int when, byte[] settings)
      throws LastErrorException;

  private static native int pipe(int[] ends) throws LastErrorException;

  private static native int poll(byte[] files, NativeLong count, int millis)
      throws LastErrorException;

  private static native NativeLong read(int file, byte[] into, NativeLong most)
      throws LastErrorException;

  private static native NativeLong write(int file, byte[] from, NativeLong count)
      throws LastErrorException;

  private static native int close(int file) throws LastErrorException;

  /** Makes one; answers the end of the device. */
  static int openDevice() throws IOException {
    try {
      int device = posix_openpt(READ_AND_WRITE | NOT_OURS);
      grantpt(device);
      unlockpt(device);
      return device;
    } catch (LastErrorException e) {
      throw new IOException(
          "This system gives no pseudo terminal (" + e.getMessage() + "); is there a /dev/pts?", e);
    }
  }

  /** The path of the end that drivers open. The C library has one buffer for it. */
  static synchronized String pathOf(int device) throws IOException {
    try {
      return ptsname(device).getString(0);
    } catch (LastErrorException e) {
      throw new IOException("A pseudo terminal has no name: " + e.getMessage(), e);
    }
  }

  /** Lets all bytes through as they are, and opens and closes the driver's end once. */
  static void makeRaw(String path) throws IOException {
    try {
      int driver = open(path, READ_AND_WRITE | NOT_OURS);
      try {
        byte[] settings = new byte[SETTINGS_BYTES];
        tcgetattr(driver, settings);
        cfmakeraw(settings);
        tcsetattr(driver, AT_ONCE, settings);
      } finally {
        close(driver);
      }
    } catch (LastErrorException e) {
      throw new IOException(path + " cannot be set up: " + e.getMessage(), e);
    }
  }

  /** A pipe: what is written to the second end is read from the first. */
  static int[] pipe() throws IOException {
    try {
      int[] ends = new int[2];
      pipe(ends);
      return ends;
    } catch (LastErrorException e) {
      throw new IOException("No pipe can be opened: " + e.getMessage(), e);
    }
  }

  /**
   * Waits for one of these files.
   *
   * @param wanted for each file what is waited for
   * @param millis at most; -1 for ever
   * @return for each file what is the case
   */
  static int[] await(int[] files, int[] wanted, int millis) throws IOException {
    ByteBuffer polled = ByteBuffer.allocate(files.length * 8).order(ByteOrder.nativeOrder());
    for (int i = 0; i < files.length; i++) {
      polled.putInt(files[i]).putShort((short) wanted[i]).putShort((short) 0);
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
      found[i] = polled.getShort(i * 8 + 6);
    }
    return found;
  }

  /** Reads what is there. */
  static int readFrom(int file, byte[] into) throws IOException {
    try {
      return read(file, into, new NativeLong(into.length)).intValue();
    } catch (LastErrorException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Writes these bytes, or the first of them. */
  static int writeTo(int file, byte[] bytes) throws IOException {
    try {
      return write(file, bytes, new NativeLong(bytes.length)).intValue();
    } catch (LastErrorException e) {
      throw new IOException(e.getMessage(), e);
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
