package iotbox.stock.library;

import com.sun.jna.Native;

/** Has a class call functions of a library of the system. */
public final class SystemLibrary {
  private SystemLibrary() {}

  /**
   * Binds the {@code native} methods of this class to the library's functions of the same names.
   * For its static initialiser; the first call in a process loads JNA, which takes some ten
   * milliseconds.
   *
   * @param library by its short name ({@code c}) or its file's ({@code libxkbcommon.so.0})
   * @throws UnsatisfiedLinkError if there is none, or if it lacks one of them
   */
  public static void bind(Class<?> declaring, String library) {
    // JNA would make a folder in the user's home for its own library, and leave it there.
    System.getProperties().putIfAbsent("jna.tmpdir", System.getProperty("java.io.tmpdir"));
    Native.register(declaring, library);
  }
}
