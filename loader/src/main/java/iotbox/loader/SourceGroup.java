package iotbox.loader;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sources that refer to each other, directly or through others. They are compiled together and
 * share a class loader; between groups there is no way.
 *
 * <p>A file refers to another if it contains the name of a type that the other declares at top
 * level. That may join files which have nothing to do with each other, and never parts two that
 * have.
 */
record SourceGroup(List<SourceFile> files) {
  SourceGroup {
    files = List.copyOf(files);
  }

  /** The groups among these sources; files and groups stay in order of appearance. */
  static List<SourceGroup> of(Collection<SourceFile> sources) {
    return of(sources, new SourceReferences());
  }

  /** As {@link #of(Collection)}, at less cost if these references have seen most of the sources. */
  static List<SourceGroup> of(Collection<SourceFile> sources, SourceReferences references) {
    Map<SourceFile, Set<SourceFile>> neighbours = new HashMap<>();
    references
        .among(sources)
        .forEach(
            (file, targets) ->
                targets.forEach(
                    target -> {
                      neighbours.computeIfAbsent(file, f -> new HashSet<>()).add(target);
                      neighbours.computeIfAbsent(target, f -> new HashSet<>()).add(file);
                    }));
    Map<SourceFile, Integer> order = new HashMap<>();
    sources.forEach(source -> order.put(source, order.size()));
    List<SourceGroup> groups = new ArrayList<>();
    Set<SourceFile> placed = new HashSet<>();
    for (SourceFile source : sources) {
      if (!placed.contains(source)) {
        Set<SourceFile> members = reachable(Set.of(source), neighbours);
        placed.addAll(members);
        groups.add(
            new SourceGroup(members.stream().sorted(Comparator.comparingInt(order::get)).toList()));
      }
    }
    return groups;
  }

  /** These files of the group and all that refer to them, directly or through others. */
  Set<SourceFile> dependentsOf(Collection<SourceFile> broken) {
    Map<SourceFile, Set<SourceFile>> users = new HashMap<>();
    new SourceReferences()
        .among(files)
        .forEach(
            (file, targets) ->
                targets.forEach(
                    target -> users.computeIfAbsent(target, f -> new HashSet<>()).add(file)));
    return reachable(broken, users);
  }

  /** This file of the group and all that it refers to, directly or through others. */
  List<SourceFile> dependenciesOf(SourceFile file) {
    Set<SourceFile> needed = reachable(Set.of(file), new SourceReferences().among(files));
    return files.stream().filter(needed::contains).toList();
  }

  /** The group without these files. */
  SourceGroup without(Collection<SourceFile> refused) {
    return new SourceGroup(files.stream().filter(file -> !refused.contains(file)).toList());
  }

  /** Whether {@code file} contains the name of a type of {@code target}. */
  static boolean refers(SourceFile file, SourceFile target) {
    return file != target
        && target.types().stream().anyMatch(type -> file.words().contains(type.name()));
  }

  private static Set<SourceFile> reachable(
      Collection<SourceFile> start, Map<SourceFile, Set<SourceFile>> edges) {
    Set<SourceFile> seen = new LinkedHashSet<>(start);
    Deque<SourceFile> open = new ArrayDeque<>(start);
    while (!open.isEmpty()) {
      for (SourceFile next : edges.getOrDefault(open.remove(), Set.of())) {
        if (seen.add(next)) {
          open.add(next);
        }
      }
    }
    return seen;
  }

  @Override
  public String toString() {
    return files.stream().map(SourceFile::path).toList().toString();
  }
}
