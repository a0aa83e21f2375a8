package iotbox.loader;

import java.util.ArrayList;
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

  HandlerArchive(
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
    return new HandlerArchive(List.of(), all, Map.of());
  }

  /** The files, in the archive's order. */
  public List<HandlerFile> files() {
    return files;
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
