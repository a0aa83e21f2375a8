package iotbox.loader;

import iotbox.loader.SourceFile.DeclaredType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a source must keep before any compiler sees it. */
final class SourceRules {
  private SourceRules() {}

  /** The files that break a rule, with what to change. */
  static Map<SourceFile, List<Diagnostic>> faults(
      Collection<SourceFile> sources, VisibleClasses visible) {
    Map<SourceFile, List<Diagnostic>> faults = new LinkedHashMap<>();
    Map<String, SourceFile> declaring = new HashMap<>();
    for (SourceFile source : sources) {
      List<Diagnostic> found = new ArrayList<>(ownFaults(source, visible));
      for (DeclaredType type : source.types()) {
        SourceFile earlier = declaring.putIfAbsent(source.qualified(type), source);
        if (earlier != null && earlier != source) {
          found.add(
              Diagnostic.error(
                  type.line(),
                  type.column(),
                  source.qualified(type)
                      + " is declared in "
                      + earlier.path()
                      + " already; rename one of them"));
        }
      }
      if (!found.isEmpty()) {
        faults.put(source, found);
      }
    }
    return faults;
  }

  private static List<Diagnostic> ownFaults(SourceFile source, VisibleClasses visible) {
    List<Diagnostic> faults = new ArrayList<>();
    if (visible.isReserved(source.packageName())) {
      faults.add(
          Diagnostic.error(
              "The package "
                  + source.packageName()
                  + " is not for handlers; use a package of your own, or none"));
    }
    DeclaredType firstPublic = null;
    for (DeclaredType type : source.types()) {
      if (type.isPublic() && firstPublic != null) {
        faults.add(
            Diagnostic.error(
                type.line(),
                type.column(),
                firstPublic.name()
                    + " is this file's public class already; move "
                    + type.name()
                    + " to a file of its own, or leave out its public"));
      } else if (type.isPublic()) {
        firstPublic = type;
      }
    }
    return faults;
  }
}
