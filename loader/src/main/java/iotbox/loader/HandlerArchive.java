package iotbox.loader;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The files that one source of handlers offers, in memory, as an {@link ArchiveReader} found them.
 * Immutable.
 *
 * <p>The path of a file is the one below {@code iot_handlers}. Where a zip names a file twice, the
 * later one wins, as two Odoo modules may give the same name.
 */
public final class HandlerArchive {
  private static final HandlerArchive EMPTY = new HandlerArchive(List.of(), List.of(), Map.of());

  private final List<HandlerFile> files;
  private final List<HandlerStatus> refused;
  private final Map<String, Diagnostic> notes;
  private final List<HandlerFile> heldBack;

  HandlerArchive(
      List<HandlerFile> files, List<HandlerStatus> refused, Map<String, Diagnostic> notes) {
    this(files, refused, notes, List.of());
  }

  private HandlerArchive(
      List<HandlerFile> files,
      List<HandlerStatus> refused,
      Map<String, Diagnostic> notes,
      List<HandlerFile> heldBack) {
    this.files = List.copyOf(files);
    this.refused = List.copyOf(refused);
    this.notes = Map.copyOf(notes);
    this.heldBack = List.copyOf(heldBack);
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
    return new ArchiveReader(ArchiveLimits.DEFAULT).ofZip(zip);
  }

  /**
   * The same archive with nothing of it to be loaded: each handler in it is shown as failed.
   *
   * @param why a sentence that says what to do
   */
  public HandlerArchive heldBack(String why) {
    List<HandlerStatus> all = new ArrayList<>(refused);
    files.forEach(file -> all.add(FileStatus.heldBack(file, why)));
    return new HandlerArchive(List.of(), all, Map.of(), files);
  }

  /**
   * The same archive; files that an earlier one had with the same bytes are the earlier one's, so
   * that nothing is kept or computed twice.
   */
  HandlerArchive sharing(HandlerArchive earlier) {
    Map<String, HandlerFile> known = new HashMap<>();
    earlier.all().forEach(file -> known.put(file.path(), file));
    return new HandlerArchive(shared(files, known), refused, notes, shared(heldBack, known));
  }

  private static List<HandlerFile> shared(List<HandlerFile> files, Map<String, HandlerFile> known) {
    return files.stream()
        .map(
            file -> {
              HandlerFile earlier = known.get(file.path());
              return earlier != null && Arrays.equals(earlier.content(), file.content())
                  ? earlier
                  : file;
            })
        .toList();
  }

  /** The files, in the archive's order. */
  public List<HandlerFile> files() {
    return files;
  }

  /** The files and those that are held back. */
  List<HandlerFile> all() {
    List<HandlerFile> all = new ArrayList<>(heldBack);
    all.addAll(files);
    return all;
  }

  /** A name for the files by their paths and contents. */
  public String fingerprint() {
    Fingerprint fingerprint = new Fingerprint();
    files.forEach(file -> fingerprint.add(file.path()).add(file.content()));
    return fingerprint.hex();
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
