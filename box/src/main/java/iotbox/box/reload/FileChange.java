package iotbox.box.reload;

import iotbox.loader.HandlerStatus;
import iotbox.loader.Handlers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What became of one handler file in a reload. */
public record FileChange(String file, Change change) {
  /** How it differs from before. */
  public enum Change {
    ADDED,
    CHANGED,
    REMOVED;

    /** The word in {@code /api/status}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The files that differ in their bytes; handlers before what else lies beside them. */
  static List<FileChange> between(Handlers before, Handlers after) {
    Map<String, HandlerStatus> left = byFile(before);
    List<HandlerStatus> now = new ArrayList<>(byFile(after).values());
    now.sort(Comparator.comparing(HandlerStatus::kind));
    List<FileChange> changes = new ArrayList<>();
    for (HandlerStatus file : now) {
      HandlerStatus former = left.remove(file.file());
      if (former == null) {
        changes.add(new FileChange(file.file(), Change.ADDED));
      } else if (!Objects.equals(former.hash(), file.hash())) {
        changes.add(new FileChange(file.file(), Change.CHANGED));
      }
    }
    left.keySet().forEach(file -> changes.add(new FileChange(file, Change.REMOVED)));
    return List.copyOf(changes);
  }

  private static Map<String, HandlerStatus> byFile(Handlers handlers) {
    Map<String, HandlerStatus> files = new LinkedHashMap<>();
    handlers.status().forEach(file -> files.put(file.file(), file));
    return files;
  }
}
