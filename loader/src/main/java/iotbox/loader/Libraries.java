package iotbox.loader;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The jars that came with the handlers.
 *
 * @param jars as they came
 * @param fingerprint of their bytes
 */
record Libraries(
    List<HandlerFile> jars,
    String fingerprint,
    LibraryClassLoader loader,
    List<HandlerStatus> status) {

  /** These jars, or {@code before} if it is the same ones. */
  static Libraries of(
      List<HandlerFile> jars, VisibleClasses visible, ArchiveLimits limits, Libraries before) {
    if (before != null && areSame(before.jars(), jars)) {
      return before;
    }
    Fingerprint fingerprint = new Fingerprint();
    jars.forEach(jar -> fingerprint.add(jar.path()).add(jar.content()));
    Map<String, byte[]> contents = new LinkedHashMap<>();
    List<HandlerStatus> status = new ArrayList<>();
    long room = limits.totalBytes(); // All jars together: they stay in memory.
    for (HandlerFile jar : jars) {
      String fault = null;
      try {
        Map<String, byte[]> unpacked = LibraryClassLoader.unpack(jar.content(), limits, room);
        room -= unpacked.values().stream().mapToLong(content -> content.length).sum();
        unpacked.forEach(contents::putIfAbsent);
      } catch (BadArchiveException e) {
        fault = e.getMessage();
      }
      status.add(FileStatus.library(jar.path(), fault));
    }
    return new Libraries(
        List.copyOf(jars),
        fingerprint.hex(),
        new LibraryClassLoader(contents, visible.loader()),
        status);
  }

  /** The jar with this path. */
  Optional<HandlerFile> jar(String path) {
    return jars.stream().filter(jar -> jar.path().equals(path)).findFirst();
  }

  /** Which one of these jars has this one's path; for another one, the place after the last. */
  int place(HandlerFile jar) {
    return (int) jars.stream().takeWhile(each -> !each.path().equals(jar.path())).count();
  }

  /** Arrays that are the same object, as is usual, are not compared byte by byte. */
  private static boolean areSame(List<HandlerFile> former, List<HandlerFile> jars) {
    boolean same = former.size() == jars.size();
    for (int i = 0; same && i < jars.size(); i++) {
      same =
          former.get(i).path().equals(jars.get(i).path())
              && Arrays.equals(former.get(i).content(), jars.get(i).content());
    }
    return same;
  }
}
