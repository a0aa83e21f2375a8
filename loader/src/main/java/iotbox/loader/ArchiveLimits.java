package iotbox.loader;

/**
 * How much of a foreign archive is read into memory.
 *
 * @param entries number of files
 * @param entryBytes unpacked size of one file
 * @param totalBytes unpacked size of all files together
 * @param ratio how many times its packed size a file larger than 1 MB may unpack to
 * @param sourceBytes size of one Java source, which costs a compiler many times as much
 */
public record ArchiveLimits(
    int entries, int entryBytes, long totalBytes, int ratio, int sourceBytes) {

  /** Ample for handlers and their libraries, bearable for a small box. */
  public static final ArchiveLimits DEFAULT =
      new ArchiveLimits(10_000, 32 << 20, 64L << 20, 200, 1 << 20);

  public ArchiveLimits {
    if (entries < 1 || entryBytes < 1 || totalBytes < 1 || ratio < 1 || sourceBytes < 1) {
      throw new IllegalArgumentException("Limits are positive numbers");
    }
  }
}
