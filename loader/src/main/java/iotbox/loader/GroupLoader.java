package iotbox.loader;

import iotbox.loader.SourceFile.DeclaredType;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes one group from sources to a set of handlers. A file that is refused takes with it the files
 * that refer to it and no others: the rest is compiled again without them.
 */
final class GroupLoader {
  private final HandlerCompiler compiler;
  private final Classpath classpath;

  GroupLoader(HandlerCompiler compiler, Classpath classpath) {
    this.compiler = compiler;
    this.classpath = classpath;
  }

  /**
   * @param faults of files that broke a rule already
   */
  LoadedGroup load(
      SourceGroup group, String fingerprint, Map<SourceFile, List<Diagnostic>> faults) {
    Map<SourceFile, List<Diagnostic>> refused = new LinkedHashMap<>();
    HandlerStatus.Compiler by = null;
    SourceGroup rest = refuse(group, faults, refused);
    CompiledGroup compiled = null;
    while (!rest.files().isEmpty()) {
      compiled = compiler.compile(rest, classpath, fingerprint);
      by = compiled.compiler();
      if (compiled.errors().isEmpty()) {
        break;
      }
      rest = refuse(rest, compiled.errors(), refused);
    }
    Map<String, byte[]> classes = rest.files().isEmpty() ? Map.of() : compiled.classes();
    return loaded(group, fingerprint, refused, classes, by);
  }

  /** Moves the files with errors, and all that refer to them, to {@code refused}. */
  private static SourceGroup refuse(
      SourceGroup group,
      Map<SourceFile, List<Diagnostic>> errors,
      Map<SourceFile, List<Diagnostic>> refused) {
    List<SourceFile> broken = group.files().stream().filter(errors::containsKey).toList();
    if (broken.isEmpty()) {
      return group;
    }
    Set<SourceFile> gone = group.dependentsOf(broken);
    for (SourceFile file : gone) {
      refused.put(file, errors.containsKey(file) ? errors.get(file) : consequence(file, gone));
    }
    return group.without(gone);
  }

  private static List<Diagnostic> consequence(SourceFile file, Collection<SourceFile> gone) {
    String cause =
        gone.stream()
            .filter(other -> SourceGroup.refers(file, other))
            .map(SourceFile::path)
            .findFirst()
            .orElse("a file");
    return List.of(Diagnostic.error("Refers to " + cause + ", which was refused"));
  }

  private LoadedGroup loaded(
      SourceGroup group,
      String fingerprint,
      Map<SourceFile, List<Diagnostic>> refused,
      Map<String, byte[]> classes,
      HandlerStatus.Compiler by) {
    ClassLoader loader = new HandlerClassLoader(group.toString(), classes, classpath.loader());
    List<HandlerStatus> status = new ArrayList<>();
    List<DriverType> drivers = new ArrayList<>();
    List<InterfaceType> interfaces = new ArrayList<>();
    for (SourceFile file : group.files()) {
      if (refused.containsKey(file)) {
        status.add(FileStatus.refused(file, by, refused.get(file)));
        continue;
      }
      Verdict verdict = null;
      List<Diagnostic> diagnostics = new ArrayList<>(FileStatus.notes(file));
      for (DeclaredType type : file.types()) {
        Verdict one = verdict(file, type, loader, classes, diagnostics);
        if (verdict == null || one != null && type == file.mainType()) {
          verdict = one;
        }
      }
      boolean failed =
          diagnostics.stream().anyMatch(d -> d.severity() == Diagnostic.Severity.ERROR);
      if (verdict == null || failed) {
        status.add(FileStatus.failed(file, verdict, by, diagnostics));
        continue;
      }
      if (verdict.driver() != null) {
        drivers.add(verdict.driver());
      }
      if (verdict.anInterface() != null) {
        interfaces.add(verdict.anInterface());
      }
      status.add(verdict.status(file.path(), by, diagnostics));
    }
    return new LoadedGroup(
        fingerprint,
        new HandlerSet(group.toString(), drivers, interfaces),
        status,
        group.files(),
        Instant.now());
  }

  private static Verdict verdict(
      SourceFile file,
      DeclaredType type,
      ClassLoader loader,
      Map<String, byte[]> classes,
      List<Diagnostic> diagnostics) {
    try {
      Class<?> loaded = Class.forName(file.qualified(type), false, loader);
      loadReferences(loaded.getName(), loader, classes);
      Verdict verdict = HandlerValidator.check(loaded, file.path(), null);
      verdict
          .faults()
          .forEach(fault -> diagnostics.add(Diagnostic.error(type.line(), type.column(), fault)));
      return verdict;
    } catch (ClassNotFoundException | IOException | LinkageError e) {
      diagnostics.add(
          Diagnostic.error(type.line(), type.column(), type.name() + " does not link: " + e));
      return null;
    }
  }

  /** What the class and those nested in it refer to must be there now, not when it is reached. */
  private static void loadReferences(String type, ClassLoader loader, Map<String, byte[]> classes)
      throws ClassNotFoundException, IOException {
    for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
      if (entry.getKey().equals(type) || entry.getKey().startsWith(type + "$")) {
        for (String name : ClassReferences.of(entry.getValue()).classes()) {
          Class.forName(name, false, loader);
        }
      }
    }
  }
}
