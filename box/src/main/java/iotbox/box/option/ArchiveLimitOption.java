package iotbox.box.option;

import iotbox.loader.ArchiveLimits;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code --archive-limit files=10000,bytes=64M}: each setting changes one of the {@link
 * ArchiveLimits}, the others stay.
 */
final class ArchiveLimitOption {
  private static final Pattern SETTING = Pattern.compile("([a-z-]+)=(\\d{1,9})([KMG]?)");

  /** All archives are read into memory, and Java's arrays end at twice this. */
  private static final long MOST_BYTES = 1L << 30;

  /** The zip format counts no further. */
  private static final long MOST_FILES = 65_534;

  /** Deflate cannot do better than 1 : 1032. */
  private static final long MOST_RATIO = 1_100;

  private ArchiveLimitOption() {}

  static ArchiveLimits parse(List<String> settings) throws StartupException {
    ArchiveLimits limits = ArchiveLimits.DEFAULT;
    for (String setting : settings) {
      limits = with(limits, setting);
    }
    return limits;
  }

  private static ArchiveLimits with(ArchiveLimits old, String setting) throws StartupException {
    Matcher parts = SETTING.matcher(setting);
    if (!parts.matches()) {
      throw new StartupException(
          "--archive-limit needs settings such as files=10000 or bytes=64M, not \""
              + setting
              + "\".");
    }
    String name = parts.group(1);
    long value = Long.parseLong(parts.group(2)) << shift(parts.group(3));
    return switch (name) {
      case "files" ->
          new ArchiveLimits(
              (int) within(name, value, MOST_FILES),
              old.entryBytes(),
              old.totalBytes(),
              old.ratio(),
              old.sourceBytes());
      case "bytes" ->
          new ArchiveLimits(
              old.entries(),
              old.entryBytes(),
              within(name, value, MOST_BYTES),
              old.ratio(),
              old.sourceBytes());
      case "file-bytes" ->
          new ArchiveLimits(
              old.entries(),
              (int) within(name, value, MOST_BYTES),
              old.totalBytes(),
              old.ratio(),
              old.sourceBytes());
      case "source-bytes" ->
          new ArchiveLimits(
              old.entries(),
              old.entryBytes(),
              old.totalBytes(),
              old.ratio(),
              (int) within(name, value, MOST_BYTES));
      case "ratio" ->
          new ArchiveLimits(
              old.entries(),
              old.entryBytes(),
              old.totalBytes(),
              (int) within(name, value, MOST_RATIO),
              old.sourceBytes());
      default ->
          throw new StartupException(
              "--archive-limit knows files, bytes, file-bytes, source-bytes and ratio, not \""
                  + name
                  + "\".");
    };
  }

  private static int shift(String unit) {
    return unit.isEmpty() ? 0 : 10 * (1 + "KMG".indexOf(unit));
  }

  private static long within(String name, long value, long most) throws StartupException {
    if (value < 1 || value > most) {
      throw new StartupException(
          String.format(
              Locale.ROOT, "--archive-limit %s must be from 1 to %d, not %d.", name, most, value));
    }
    return value;
  }
}
