package iotbox.loader;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which source refers to which. Looking for names in a source costs time, so what was found is
 * remembered as long as the sources declare the same names. Used under the loader's lock.
 */
final class SourceReferences {
  private Set<String> names = Set.of();
  private Map<SourceFile, List<String>> mentions = Map.of();

  /** Each of these sources with those that it refers to. */
  Map<SourceFile, Set<SourceFile>> among(Collection<SourceFile> sources) {
    Map<String, List<SourceFile>> declaring = new HashMap<>();
    Set<String> declared = new HashSet<>();
    for (SourceFile source : sources) {
      for (SourceFile.DeclaredType type : source.types()) {
        // Of two files that declare the same type nobody refers to the later one.
        if (declared.add(source.qualified(type))) {
          declaring.computeIfAbsent(type.name(), n -> new ArrayList<>()).add(source);
        }
      }
    }
    Map<SourceFile, List<String>> before = declaring.keySet().equals(names) ? mentions : Map.of();
    Map<SourceFile, List<String>> mentioned = new HashMap<>();
    Map<SourceFile, Set<SourceFile>> references = new HashMap<>();
    for (SourceFile source : sources) {
      List<String> known = before.get(source);
      List<String> found =
          known == null ? source.words().stream().filter(declaring::containsKey).toList() : known;
      mentioned.put(source, found);
      Set<SourceFile> targets = new LinkedHashSet<>();
      found.forEach(name -> targets.addAll(declaring.get(name)));
      targets.remove(source);
      references.put(source, targets);
    }
    names = Set.copyOf(declaring.keySet());
    mentions = mentioned;
    return references;
  }
}
