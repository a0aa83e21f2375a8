package iotbox.loader;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Tells one build of the box from another, and one JVM from another: what is compiled against them
 * holds their constants, and both compilers are part of the box.
 */
final class HostFingerprint {
  private static final int END_LENGTH = 22;
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int DIRECTORY_SIZE = 12;
  private static final int DIRECTORY_OFFSET = 16;

  private HostFingerprint() {}

  /** Of the class path and the JVM of this process. */
  static String ofThisProcess() throws IOException {
    Fingerprint fingerprint = new Fingerprint().add(System.getProperty("java.runtime.version"));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      add(fingerprint, Path.of(entry));
    }
    return fingerprint.hex();
  }

  static void add(Fingerprint fingerprint, Path entry) throws IOException {
    if (Files.isDirectory(entry)) {
      addFolder(fingerprint, entry);
    } else if (Files.exists(entry)) {
      CRC32 contents = new CRC32();
      contents.update(contents(entry));
      fingerprint.add(
          Files.size(entry) + " " + Files.getLastModifiedTime(entry) + " " + contents.getValue());
    }
  }

  /**
   * A jar's list of contents has the checksum of each, and is a fraction of its size. A checksum of
   * that is enough beside the time, and quicker than a digest, for which a starting JVM takes
   * longer than for compiling a driver.
   */
  private static byte[] contents(Path jar) throws IOException {
    try (FileChannel channel = FileChannel.open(jar)) {
      long size = channel.size();
      if (size >= END_LENGTH) {
        ByteBuffer end = read(channel, size - END_LENGTH, END_LENGTH);
        long offset = Integer.toUnsignedLong(end.getInt(DIRECTORY_OFFSET));
        int length = end.getInt(DIRECTORY_SIZE);
        if (end.getInt(0) == END_SIGNATURE && length > 0 && offset + length == size - END_LENGTH) {
          return read(channel, offset, length).array();
        }
      }
    }
    return Files.readAllBytes(jar);
  }

  private static ByteBuffer read(FileChannel channel, long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw new IOException("A jar of the box is being written");
      }
    }
    return bytes;
  }

  private static void addFolder(Fingerprint fingerprint, Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> paths = Files.walk(folder)) {
      files = paths.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      fingerprint.add(file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
    }
  }
}
