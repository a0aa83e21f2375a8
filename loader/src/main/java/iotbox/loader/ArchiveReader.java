package iotbox.loader;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * Reads the archives of one source of handlers, one after the other. Nothing that an archive says
 * is believed: names, sizes and counts are checked, and nothing is ever written to disk.
 *
 * <p>The last zip is remembered. An entry that stands in the next one with the very same packed
 * bytes is not unpacked again, as that would cost most of a reload when there are many files. What
 * could not be read is tried again each time.
 *
 * <p>For one thread at a time.
 */
public final class ArchiveReader {
  /** To find out that a file is too large costs time. */
  private static final int MOST_TOO_LARGE = 20;

  /** A file, and where it came from. */
  private record Unpacked(ZipDirectory zip, ZipDirectory.Entry entry, HandlerFile file) {}

  private final ArchiveLimits limits;
  private Map<String, Unpacked> last = Map.of();

  /** A reader that has read nothing yet. */
  public ArchiveReader(ArchiveLimits limits) {
    this.limits = limits;
  }

  /**
   * The files of a zip as Odoo sends it.
   *
   * @throws BadArchiveException if this is not a zip, a damaged or a monstrous one; the message
   *     says which
   */
  public HandlerArchive ofZip(byte[] zip) throws BadArchiveException {
    ZipDirectory directory = ZipDirectory.of(zip, limits);
    Map<String, Unpacked> unpacked = new HashMap<>();
    Map<String, HandlerFile> files = new LinkedHashMap<>();
    Map<String, Diagnostic> notes = new HashMap<>();
    List<HandlerStatus> refused = new ArrayList<>();
    long total = 0;
    int tooLarge = 0;
    for (ZipDirectory.Entry entry : directory.entries()) {
      if (entry.isDirectory()) {
        continue;
      }
      String fault = EntryNames.fault(entry.name());
      if (fault == null) {
        fault = ZipDirectory.unreadable(entry);
      }
      if (fault != null) {
        refused.add(refusal(entry.name(), fault));
        continue;
      }
      long room = limits.totalBytes() - total;
      HandlerFile same = unchanged(directory, entry);
      byte[] content = same == null ? directory.read(entry, limits, room) : same.content();
      if (content == null && room < limits.entryBytes()) {
        throw new BadArchiveException(
            "The zip unpacks to more than " + limits.totalBytes() + " bytes");
      }
      if (content == null) {
        if (++tooLarge > MOST_TOO_LARGE) {
          throw new BadArchiveException(
              "The zip has more than " + MOST_TOO_LARGE + " files that are too large");
        }
        refused.add(
            refusal(
                entry.name(),
                "The file is too large: more than "
                    + limits.entryBytes()
                    + " bytes, or "
                    + limits.ratio()
                    + " times its packed size"));
        continue;
      }
      total += content.length;
      if (total > limits.totalBytes()) {
        throw new BadArchiveException(
            "The zip unpacks to more than " + limits.totalBytes() + " bytes");
      }
      // Removed first, so that the later one also counts as later.
      if (files.remove(entry.name()) != null) {
        notes.put(
            entry.name(),
            note("The archive has this name more than once; the last one counts, so rename one"));
      }
      HandlerFile file = same == null ? new HandlerFile(entry.name(), content) : same;
      files.put(entry.name(), file);
      unpacked.put(entry.name(), new Unpacked(directory, entry, file));
    }
    last = unpacked;
    return checked(files.values(), refused, notes);
  }

  /** The file as it was unpacked from the last zip, if the very same bytes stand for it again. */
  private HandlerFile unchanged(ZipDirectory directory, ZipDirectory.Entry entry) {
    Unpacked earlier = last.get(entry.name());
    return earlier != null && directory.isSame(entry, earlier.zip(), earlier.entry())
        ? earlier.file()
        : null;
  }

  /**
   * The files of an Odoo module on disk: those in {@code iot_handlers/*} whose names do not begin
   * with {@code .} or {@code _}, as Odoo's server collects them.
   *
   * @param module the module's folder, or its {@code iot_handlers} folder itself
   * @throws IOException if there is no such folder, or it cannot be read
   */
  public HandlerArchive ofFolder(Path module) throws IOException {
    Path root =
        Files.isDirectory(module.resolve("iot_handlers")) ? module.resolve("iot_handlers") : module;
    if (!Files.isDirectory(root) || !isHandlers(root)) {
      throw new IOException(
          module + " has no iot_handlers folder; give the folder of an Odoo module that has one");
    }
    List<HandlerFile> files = new ArrayList<>();
    long total = 0;
    for (Path directory : children(root)) {
      if (!Files.isDirectory(directory)) {
        continue;
      }
      for (Path file : children(directory)) {
        if (!Files.isRegularFile(file)) {
          continue;
        }
        long size = Files.size(file);
        total += size;
        if (size > limits.entryBytes()
            || total > limits.totalBytes()
            || files.size() == limits.entries()) {
          throw new IOException("The handlers in " + root + " are too many or too large: " + file);
        }
        String path = directory.getFileName() + "/" + file.getFileName();
        files.add(new HandlerFile(path, Files.readAllBytes(file)));
      }
    }
    return checked(files, List.of(), Map.of());
  }

  private static boolean isHandlers(Path root) {
    return root.toAbsolutePath().normalize().endsWith("iot_handlers");
  }

  private static List<Path> children(Path directory) throws IOException {
    try (DirectoryStream<Path> children = Files.newDirectoryStream(directory, "[!._]*")) {
      return StreamSupport.stream(children.spliterator(), false).sorted().toList();
    }
  }

  private HandlerArchive checked(
      Collection<HandlerFile> files, List<HandlerStatus> refused, Map<String, Diagnostic> notes) {
    List<HandlerFile> kept = new ArrayList<>();
    List<HandlerStatus> out = new ArrayList<>(refused);
    files.forEach(
        file -> {
          if (file.path().endsWith(".java") && file.content().length > limits.sourceBytes()) {
            String fault = "The source is larger than " + limits.sourceBytes() + " bytes";
            out.add(refusal(file.path(), fault));
          } else {
            kept.add(file);
          }
        });
    Map<String, Diagnostic> all = new HashMap<>(sameButForCase(kept));
    all.putAll(notes);
    return new HandlerArchive(kept, out, all);
  }

  /** Python's zipfile on Windows, or a case-blind disk, would make one file of these two. */
  private static Map<String, Diagnostic> sameButForCase(List<HandlerFile> files) {
    Map<String, String> known = new HashMap<>();
    Map<String, Diagnostic> notes = new HashMap<>();
    for (HandlerFile file : files) {
      String other = known.putIfAbsent(file.path().toLowerCase(Locale.ROOT), file.path());
      if (other != null) {
        notes.put(
            file.path(),
            note("Differs from " + other + " by upper and lower case only; rename it"));
      }
    }
    return notes;
  }

  private static Diagnostic note(String text) {
    return Diagnostic.warning(0, 0, text);
  }

  private static HandlerStatus refusal(String name, String fault) {
    return new HandlerStatus(
        EntryNames.shown(name),
        null,
        HandlerStatus.Kind.OTHER,
        HandlerStatus.State.FAILED,
        null,
        null,
        null,
        List.of(Diagnostic.error(fault)));
  }
}
