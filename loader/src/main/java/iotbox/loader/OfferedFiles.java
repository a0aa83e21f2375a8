package iotbox.loader;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What all sources of handlers offer together. Of equal paths the later source's counts, also where
 * it is refused.
 *
 * @param taken the files to be loaded, by path
 * @param refused files that are not, by path
 * @param signatures the status of the signature files that were looked at, by path
 * @param paths of all files that are there or should be, in the order of the sources
 */
record OfferedFiles(
    Map<String, HandlerFile> taken,
    Map<String, Refused> refused,
    Map<String, HandlerStatus> signatures,
    Set<String> paths) {

  /**
   * A file that nobody who is trusted has signed as it is.
   *
   * @param file {@code null} if it is missing
   */
  record Refused(HandlerFile file, String why) {}

  static OfferedFiles of(Collection<CheckedArchive> archives) {
    OfferedFiles all =
        new OfferedFiles(
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashSet<>());
    archives.forEach(all::add);
    return all;
  }

  private void add(CheckedArchive checked) {
    for (HandlerFile file : checked.archive().files()) {
      String path = file.path();
      paths.add(path);
      taken.remove(path);
      refused.remove(path);
      signatures.remove(path);
      if (checked.unsigned().containsKey(path)) {
        refused.put(path, new Refused(file, checked.unsigned().get(path)));
      } else {
        taken.put(path, file);
      }
    }
    signatures.putAll(checked.signatures());
    checked
        .missing()
        .forEach(
            (path, why) -> {
              if (paths.add(path)) {
                refused.put(path, new Refused(null, why));
              }
            });
  }

  /** The files to be loaded whose names end so. */
  List<HandlerFile> taken(String ending) {
    return taken.values().stream().filter(file -> file.path().endsWith(ending)).toList();
  }

  /** The sources that are refused, as far as they are there. */
  List<HandlerFile> refusedSources() {
    List<HandlerFile> sources = new ArrayList<>();
    refused.forEach(
        (path, each) -> {
          if (path.endsWith(".java") && each.file() != null) {
            sources.add(each.file());
          }
        });
    return sources;
  }
}
