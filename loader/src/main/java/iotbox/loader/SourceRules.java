package iotbox.loader;

import iotbox.loader.SourceFile.DeclaredType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a source must keep before any compiler sees it. What was found in a source is remembered, as
 * long as it is asked for again with the same libraries. Used under the loader's lock.
 */
final class SourceRules {
  private static final Pattern IMPORT =
      Pattern.compile("^[ \\t]*import\\s+(?:static\\s+)?([\\w.]+)", Pattern.MULTILINE);

  private Classpath seenWith;
  private Map<SourceFile, List<Diagnostic>> seen = Map.of();

  /** The files that break a rule, with what to change. */
  Map<SourceFile, List<Diagnostic>> faults(Collection<SourceFile> sources, Classpath classpath) {
    Map<SourceFile, List<Diagnostic>> before = classpath.equals(seenWith) ? seen : Map.of();
    Map<SourceFile, List<Diagnostic>> own = new HashMap<>();
    for (SourceFile source : sources) {
      List<Diagnostic> known = before.get(source);
      own.put(source, known == null ? ownFaults(source, classpath) : known);
    }
    seenWith = classpath;
    seen = own;
    Map<SourceFile, List<Diagnostic>> faults = new LinkedHashMap<>();
    Map<String, SourceFile> declaring = new HashMap<>();
    for (SourceFile source : sources) {
      List<Diagnostic> found = new ArrayList<>(own.get(source));
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

  private static List<Diagnostic> ownFaults(SourceFile source, Classpath classpath) {
    List<Diagnostic> faults = new ArrayList<>(hiddenImports(source, classpath));
    if (classpath.visible().isReserved(source.packageName())) {
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

  /** A compiler would say that there is no such class, which the author knows better. */
  private static List<Diagnostic> hiddenImports(SourceFile source, Classpath classpath) {
    List<Diagnostic> faults = new ArrayList<>();
    Matcher imports = IMPORT.matcher(source.text());
    while (imports.find()) {
      String name = imports.group(1);
      if (classpath.visible().isHidden(name) && !isShipped(name, classpath)) {
        int start = imports.start(1);
        int line = (int) source.text().substring(0, start).lines().count();
        int column = start - source.text().lastIndexOf('\n', start - 1);
        faults.add(
            Diagnostic.error(
                line,
                column,
                name
                    + " belongs to the box and is not for handlers; ship a library of your own"
                    + " in iot_handlers/lib if you need it"));
      }
    }
    return faults;
  }

  private static boolean isShipped(String className, Classpath classpath) {
    return classpath.libraries().getResource(className.replace('.', '/') + ".class") != null;
  }
}
