package iotbox.loader;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The jars that came with the handlers.
 *
 * @param fingerprint of their bytes
 */
record Libraries(String fingerprint, LibraryClassLoader loader, List<HandlerStatus> status) {

  /** These jars, or {@code before} if it is the same ones. */
  static Libraries of(List<HandlerFile> jars, VisibleClasses visible, Libraries before) {
    Fingerprint fingerprint = new Fingerprint();
    jars.forEach(jar -> fingerprint.add(jar.path()).add(jar.content()));
    String hex = fingerprint.hex();
    if (before != null && before.fingerprint().equals(hex)) {
      return before;
    }
    Map<String, byte[]> contents = new LinkedHashMap<>();
    List<HandlerStatus> status = new ArrayList<>();
    long room = ArchiveLimits.DEFAULT.totalBytes(); // All jars together: they stay in memory.
    for (HandlerFile jar : jars) {
      String fault = null;
      try {
        Map<String, byte[]> unpacked =
            LibraryClassLoader.unpack(jar.content(), ArchiveLimits.DEFAULT, room);
        room -= unpacked.values().stream().mapToLong(content -> content.length).sum();
        unpacked.forEach(contents::putIfAbsent);
      } catch (BadArchiveException e) {
        fault = e.getMessage();
      }
      status.add(FileStatus.library(jar.path(), fault));
    }
    return new Libraries(hex, new LibraryClassLoader(contents, visible.loader()), status);
  }
}
