package iotbox.loader;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads a zip in memory by its central directory, as Python's {@code zipfile} does, so bytes before
 * the zip and entries of unknown size are right and a cut end is noticed. {@code
 * java.util.zip.ZipFile} would need a file on disk, and {@code ZipInputStream} takes a truncated
 * zip for a short one.
 */
final class ZipDirectory {
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int ENTRY_SIGNATURE = 0x02014b50;
  private static final int LOCAL_SIGNATURE = 0x04034b50;
  private static final int END_SIZE = 22;
  private static final int ENTRY_SIZE = 46;
  private static final int LOCAL_SIZE = 30;
  private static final int ZIP64_MARK = 0xFFFF;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;
  private static final int FREE_RATIO_BYTES = 1 << 20;
  private static final int UNIX = 3;
  private static final int FILE_TYPE = 0xF000;
  private static final int SYMBOLIC_LINK = 0xA000;

  /** One entry; sizes are what the archive claims. */
  record Entry(
      String name,
      int flags,
      int method,
      int crc,
      long packed,
      long size,
      boolean isLink,
      long localHeader) {
    boolean isDirectory() {
      return name.endsWith("/");
    }
  }

  private final ByteBuffer zip;
  private final List<Entry> entries = new ArrayList<>();
  private int shift;

  private ZipDirectory(byte[] bytes) {
    this.zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static ZipDirectory of(byte[] bytes, ArchiveLimits limits) throws BadArchiveException {
    ZipDirectory directory = new ZipDirectory(bytes);
    try {
      directory.readEntries(limits);
    } catch (IndexOutOfBoundsException e) {
      throw new BadArchiveException("The zip is damaged: its directory points outside of it", e);
    }
    return directory;
  }

  List<Entry> entries() {
    return entries;
  }

  private void readEntries(ArchiveLimits limits) throws BadArchiveException {
    int end = findEnd();
    int count = zip.getShort(end + 10) & 0xFFFF;
    long size = zip.getInt(end + 12) & 0xFFFFFFFFL;
    long offset = zip.getInt(end + 16) & 0xFFFFFFFFL;
    if (count == ZIP64_MARK || offset == 0xFFFFFFFFL) {
      throw new BadArchiveException("The zip is in zip64 format, which handlers never need");
    }
    if (count > limits.entries()) {
      throw new BadArchiveException(
          "The zip has " + count + " entries, more than " + limits.entries());
    }
    long start = end - size;
    if (start < offset) {
      throw new BadArchiveException("The zip is damaged: its directory is larger than the zip");
    }
    // Bytes before the zip move everything by as much.
    shift = (int) (start - offset);
    int position = (int) start;
    long packed = 0;
    for (int i = 0; i < count; i++) {
      if (zip.getInt(position) != ENTRY_SIGNATURE) {
        throw new BadArchiveException("The zip is damaged: its directory is broken at " + position);
      }
      int nameLength = zip.getShort(position + 28) & 0xFFFF;
      byte[] name = new byte[nameLength];
      zip.get(position + ENTRY_SIZE, name);
      entries.add(
          new Entry(
              EntryNames.decode(name),
              zip.getShort(position + 8) & 0xFFFF,
              zip.getShort(position + 10) & 0xFFFF,
              zip.getInt(position + 16),
              zip.getInt(position + 20) & 0xFFFFFFFFL,
              zip.getInt(position + 24) & 0xFFFFFFFFL,
              isLink(position),
              zip.getInt(position + 42) & 0xFFFFFFFFL));
      packed += entries.get(i).packed();
      if (packed > zip.limit()) {
        throw new BadArchiveException(
            "The zip is damaged: its entries overlap or are larger than itself");
      }
      position +=
          ENTRY_SIZE
              + nameLength
              + (zip.getShort(position + 30) & 0xFFFF)
              + (zip.getShort(position + 32) & 0xFFFF);
    }
  }

  private boolean isLink(int position) {
    int madeBy = zip.get(position + 5);
    int mode = zip.getInt(position + 38) >>> 16;
    return madeBy == UNIX && (mode & FILE_TYPE) == SYMBOLIC_LINK;
  }

  private int findEnd() throws BadArchiveException {
    int last = zip.limit() - END_SIZE;
    for (int at = last; at >= Math.max(0, last - 0xFFFF); at--) {
      if (zip.getInt(at) == END_SIGNATURE) {
        return at;
      }
    }
    boolean began = zip.limit() >= 4 && zip.getInt(0) == LOCAL_SIGNATURE;
    throw new BadArchiveException(
        began ? "The zip is truncated: its end is missing" : "This is not a zip");
  }

  /**
   * Unpacks one entry.
   *
   * @param room how many bytes may still be unpacked
   * @return its content, or {@code null} if the entry exceeds the limits of one entry
   */
  byte[] read(Entry entry, ArchiveLimits limits, long room) throws BadArchiveException {
    try {
      int start = start(entry);
      int packed = (int) entry.packed();
      byte[] content =
          entry.method() == STORED
              ? stored(start, packed, limits)
              : inflate(entry, start, packed, limits, room);
      if (content != null) {
        check(entry, content);
      }
      return content;
    } catch (ArithmeticException | IndexOutOfBoundsException | DataFormatException e) {
      throw damaged(entry);
    }
  }

  /** Where its packed bytes begin; all of them are within the zip. */
  private int start(Entry entry) throws BadArchiveException {
    int header = Math.toIntExact(entry.localHeader() + shift);
    if (zip.getInt(header) != LOCAL_SIGNATURE) {
      throw damaged(entry);
    }
    int start =
        header
            + LOCAL_SIZE
            + (zip.getShort(header + 26) & 0xFFFF)
            + (zip.getShort(header + 28) & 0xFFFF);
    if (start + entry.packed() > zip.limit()) {
      throw damaged(entry);
    }
    return start;
  }

  /**
   * Whether unpacking the entry gives what the other zip's entry gave. The bytes themselves are
   * compared: a checksum can be made to fit.
   */
  boolean isSame(Entry entry, ZipDirectory other, Entry theirs) {
    if (entry.method() != theirs.method()
        || entry.crc() != theirs.crc()
        || entry.packed() != theirs.packed()
        || entry.size() != theirs.size()) {
      return false;
    }
    try {
      int here = start(entry);
      int there = other.start(theirs);
      int length = (int) entry.packed();
      return Arrays.equals(
          zip.array(), here, here + length, other.zip.array(), there, there + length);
    } catch (BadArchiveException | ArithmeticException | IndexOutOfBoundsException e) {
      return false; // Reading it will say what is wrong.
    }
  }

  /** Why this box cannot unpack the entry at all, or {@code null}. */
  static String unreadable(Entry entry) {
    if (entry.isLink()) {
      return "The entry is a symbolic link; send the file itself";
    }
    if ((entry.flags() & 1) != 0) {
      return "The entry is encrypted";
    }
    if (entry.method() != STORED && entry.method() != DEFLATED) {
      return "The entry is packed by method " + entry.method() + ", use deflate";
    }
    return null;
  }

  private byte[] stored(int start, int size, ArchiveLimits limits) {
    return size > limits.entryBytes() ? null : Arrays.copyOfRange(zip.array(), start, start + size);
  }

  // The claimed size is not believed: memory grows with what really comes out.
  private byte[] inflate(Entry entry, int start, int packed, ArchiveLimits limits, long room)
      throws DataFormatException, BadArchiveException {
    long allowed = Math.max(FREE_RATIO_BYTES, (long) packed * limits.ratio());
    long most = Math.min(Math.min(allowed, limits.entryBytes()), room);
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(zip.array(), start, packed);
      byte[] content = new byte[(int) Math.min(most, Math.max(entry.size(), 64)) + 1];
      int length = 0;
      while (!inflater.finished()) {
        if (length == content.length) {
          content = Arrays.copyOf(content, (int) Math.min(most + 1, length * 2L));
        }
        int more = inflater.inflate(content, length, content.length - length);
        length += more;
        if (length > most) {
          return null;
        }
        if (more == 0 && !inflater.finished() && content.length > length) {
          // It wants more input, or a dictionary.
          throw damaged(entry);
        }
      }
      return Arrays.copyOf(content, length);
    } finally {
      inflater.end();
    }
  }

  private static void check(Entry entry, byte[] content) throws BadArchiveException {
    CRC32 crc = new CRC32();
    crc.update(content);
    if ((int) crc.getValue() != entry.crc()) {
      throw damaged(entry);
    }
  }

  private static BadArchiveException damaged(Entry entry) {
    return new BadArchiveException(
        "The zip is damaged at its entry " + EntryNames.shown(entry.name()));
  }
}
