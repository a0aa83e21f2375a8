package iotbox.box.simulation;

import com.sun.jna.LastErrorException;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import iotbox.stock.library.OpenFiles;
import iotbox.stock.library.SystemLibrary;
import java.io.IOException;

/**
 * What the C library knows of terminals, by way of JNA: Java has no pseudo terminals. Only the
 * first use loads JNA.
 */
final class Terminals {
  private static final int READ_AND_WRITE = 2;
  private static final int NOT_OURS = Platform.isMac() ? 0x20000 : 0x100; // O_NOCTTY
  private static final int AT_ONCE = 0; // TCSANOW

  /** More than any system's {@code struct termios}. */
  private static final int SETTINGS_BYTES = 256;

  static {
    SystemLibrary.bind(Terminals.class, "c");
  }

  private Terminals() {}

  private static native int posix_openpt(int flags) throws LastErrorException;

  private static native int grantpt(int file) throws LastErrorException;

  private static native int unlockpt(int file) throws LastErrorException;

  private static native Pointer ptsname(int file) throws LastErrorException;

  private static native int tcgetattr(int file, byte[] settings) throws LastErrorException;

  private static native void cfmakeraw(byte[] settings);

  private static native int tcsetattr(int file, int when, byte[] settings)
      throws LastErrorException;

  private static native int pipe(int[] ends) throws LastErrorException;

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
      int driver = OpenFiles.openFile(path, READ_AND_WRITE | NOT_OURS);
      try {
        byte[] settings = new byte[SETTINGS_BYTES];
        tcgetattr(driver, settings);
        cfmakeraw(settings);
        tcsetattr(driver, AT_ONCE, settings);
      } finally {
        OpenFiles.closeFile(driver);
      }
    } catch (IOException | LastErrorException e) {
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
}
