package iotbox.box.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A file to which records are appended, to be read after a restart; readable by the box's user
 * only. What was appended outlives the end of the process at any moment, {@code kill -9} included,
 * since the system has it. It is not forced to the disk, which would take milliseconds each time
 * and wear out memory cards, so a power cut may take the records of the last half minute with it.
 *
 * <p>Each record is a line, with a checksum in front. One that was cut off or damaged is left out;
 * those around it count.
 *
 * <p>Not safe for use by several threads: its owner's lock guards it. An append copies into the
 * system's memory and takes some microseconds.
 */
public final class Journal implements AutoCloseable {
  private static final int CHECKSUM = 8;
  private static final HexFormat HEX = HexFormat.of();

  private final Path file;
  private FileChannel channel;
  private long size;

  public Journal(Path file) {
    this.file = file;
  }

  /**
   * The records that are whole, the oldest first; none if there is no file.
   *
   * @throws IOException if there is a file that cannot be read
   */
  public List<String> read() throws IOException {
    List<String> records = new ArrayList<>();
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    Channels.newInputStream(in),
                    UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.length() > CHECKSUM) {
          String record = line.substring(CHECKSUM + 1);
          if (line.startsWith(checksum(record.getBytes(UTF_8)) + " ")) {
            records.add(record);
          }
        }
      }
    } catch (NoSuchFileException e) {
      return records;
    }
    return records;
  }

  /**
   * Appends a record.
   *
   * @param record without a line break
   * @throws IOException if that is not possible; the records before it are as they were
   */
  public void append(String record) throws IOException {
    try {
      if (channel == null) {
        open();
      }
      write(channel, line(record));
    } catch (IOException e) {
      close(); // What may be there of it is made a line of its own by the next one.
      throw e;
    }
  }

  /** Has these records instead of all before, in one step. */
  public void replace(List<String> records) throws IOException {
    close();
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(next);
    size = 0;
    try (FileChannel out = PrivateFile.append(next)) {
      for (String record : records) {
        write(out, line(record));
      }
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Has no records any more, and no file. */
  public void clear() throws IOException {
    close();
    size = 0;
    Files.deleteIfExists(file);
  }

  /** Bytes in the file, as far as is known: 0 before the first append. */
  public long size() {
    return size;
  }

  /** Lets go of the file; the next append opens it again. */
  @Override
  public void close() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // All that was appended is there.
      }
      channel = null;
    }
  }

  private void open() throws IOException {
    channel = PrivateFile.append(file);
    size = channel.size();
    if (size > 0 && !endsWithLine()) {
      write(channel, new byte[] {'\n'});
    }
  }

  private boolean endsWithLine() throws IOException {
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      in.read(last, size - 1);
      return last.get(0) == '\n';
    }
  }

  private void write(FileChannel out, byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      size += out.write(rest);
    }
  }

  private static byte[] line(String record) {
    byte[] text = record.getBytes(UTF_8);
    byte[] line = new byte[CHECKSUM + text.length + 2];
    System.arraycopy(checksum(text).getBytes(UTF_8), 0, line, 0, CHECKSUM);
    line[CHECKSUM] = ' ';
    System.arraycopy(text, 0, line, CHECKSUM + 1, text.length);
    line[line.length - 1] = '\n';
    return line;
  }

  private static String checksum(byte[] record) {
    CRC32 sum = new CRC32();
    sum.update(record);
    return HEX.toHexDigits((int) sum.getValue());
  }
}
