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
 * The files that one source of handlers offers, in memory. Immutable. Nothing that an archive says
 * is believed: names, sizes and counts are checked, and nothing is ever written to disk.
 *
 * <p>The path of a file is the one below {@code iot_handlers}. Where a zip names a file twice, the
 * later one wins, as two Odoo modules may give the same name.
 */
public final class HandlerArchive {
  /** To find out that a file is too large costs time. */
  private static final int MOST_TOO_LARGE = 20;

  private static final HandlerArchive EMPTY = new HandlerArchive(List.of(), List.of(), Map.of());

  private final List<HandlerFile> files;
  private final List<HandlerStatus> refused;
  private final Map<String, Diagnostic> notes;

  private HandlerArchive(
      List<HandlerFile> files, List<HandlerStatus> refused, Map<String, Diagnostic> notes) {
    this.files = List.copyOf(files);
    this.refused = List.copyOf(refused);
    this.notes = Map.copyOf(notes);
  }

  /** An archive without files. */
  public static HandlerArchive empty() {
    return EMPTY;
  }

  /**
   * The files of a zip as Odoo sends it, within {@link ArchiveLimits#DEFAULT}.
   *
   * @throws BadArchiveException if this is not a zip, a damaged or a monstrous one; the message
   *     says which
   */
  public static HandlerArchive ofZip(byte[] zip) throws BadArchiveException {
    return ofZip(zip, ArchiveLimits.DEFAULT);
  }

  /** As {@link #ofZip(byte[])}, within other limits. */
  public static HandlerArchive ofZip(byte[] zip, ArchiveLimits limits) throws BadArchiveException {
    ZipDirectory directory = ZipDirectory.of(zip, limits);
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
      byte[] content = directory.read(entry, limits, room);
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
      files.put(entry.name(), new HandlerFile(entry.name(), content));
    }
    return checked(files.values(), refused, notes, limits);
  }

  /**
   * The files of an Odoo module on disk: those in {@code iot_handlers/*} whose names do not begin
   * with {@code .} or {@code _}, as Odoo's server collects them.
   *
   * @param module the module's folder, or its {@code iot_handlers} folder itself
   * @throws IOException if there is no such folder, or it cannot be read
   */
  public static HandlerArchive ofFolder(Path module) throws IOException {
    ArchiveLimits limits = ArchiveLimits.DEFAULT;
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
    return checked(files, List.of(), Map.of(), limits);
  }

  private static boolean isHandlers(Path root) {
    return root.toAbsolutePath().normalize().endsWith("iot_handlers");
  }

  private static List<Path> children(Path directory) throws IOException {
    try (DirectoryStream<Path> children = Files.newDirectoryStream(directory, "[!._]*")) {
      return StreamSupport.stream(children.spliterator(), false).sorted().toList();
    }
  }

  private static HandlerArchive checked(
      Collection<HandlerFile> files,
      List<HandlerStatus> refused,
      Map<String, Diagnostic> notes,
      ArchiveLimits limits) {
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

  /**
   * The same archive with nothing of it to be loaded: each handler in it is shown as failed.
   *
   * @param why a sentence that says what to do
   */
  public HandlerArchive heldBack(String why) {
    List<HandlerStatus> all = new ArrayList<>(refused);
    files.forEach(file -> all.add(FileStatus.heldBack(file, why)));
    return new HandlerArchive(List.of(), all, Map.of());
  }

  /** The files, in the archive's order. */
  public List<HandlerFile> files() {
    return files;
  }

  /** Entries that were refused one by one, each with the reason. */
  List<HandlerStatus> refused() {
    return refused;
  }

  /** What is worth saying about files that were read, by path. */
  Map<String, Diagnostic> notes() {
    return notes;
  }
}
