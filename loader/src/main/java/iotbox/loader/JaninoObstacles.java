package iotbox.loader;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.commons.compiler.Location;
import org.codehaus.janino.Java.AbstractCompilationUnit;
import org.codehaus.janino.UnitCompiler;
import org.codehaus.janino.util.ClassFile;

/**
 * Finds everything that keeps the files of a group from Janino, for authors who want to know.
 * {@link JaninoCompiler} stops at the first kind of reason, as the box needs to know no more than
 * whether there is one.
 */
final class JaninoObstacles {
  private final Map<SourceFile, List<Diagnostic>> found = new LinkedHashMap<>();
  private final Map<SourceFile, AbstractCompilationUnit> trees = new LinkedHashMap<>();
  private final List<SourceFile> files;
  private final Classpath classpath;

  private JaninoObstacles(List<SourceFile> files, Classpath classpath) {
    this.files = files;
    this.classpath = classpath;
  }

  /**
   * The places of these files, which compile together, that are not for Janino; no entry for a file
   * that has none itself.
   */
  static Map<SourceFile, List<Diagnostic>> in(List<SourceFile> files, Classpath classpath) {
    CompiledGroup compiled = compiled(files, classpath);
    if (compiled != null && compiled.errors().isEmpty()) {
      return Map.of();
    }
    JaninoObstacles obstacles = new JaninoObstacles(files, classpath);
    obstacles.look();
    if (obstacles.found.isEmpty() && compiled != null) {
      // What only the whole shows: the classes do not hold together.
      obstacles.found.putAll(compiled.errors());
    }
    return obstacles.found;
  }

  /** {@code null} if Janino died of it. */
  private static CompiledGroup compiled(List<SourceFile> files, Classpath classpath) {
    try {
      return new JaninoCompiler().compile(files, classpath);
    } catch (RuntimeException | AssertionError | StackOverflowError | LinkageError e) {
      return null;
    }
  }

  private void look() {
    for (SourceFile file : files) {
      read(file);
    }
    SafeSubset.faults(trees).forEach(this::addUnlessTold);
    if (trees.size() == files.size()) {
      // Without one of them the others would lack its types.
      compile();
    }
  }

  private void read(SourceFile file) {
    add(file, ModernSyntax.in(file));
    try {
      trees.put(file, JaninoCompiler.parse(file, true));
      JaninoCompiler.checkUnique(file, classpath);
    } catch (CompileException | RuntimeException e) {
      if (!trees.containsKey(file)) {
        add(file, LostAnnotations.faults(file));
      }
      Diagnostic fault = JaninoCompiler.diagnostic(e);
      boolean explained =
          found.getOrDefault(file, List.of()).stream()
              .anyMatch(other -> other.line() <= fault.line() && fault.line() > 0);
      if (!explained) {
        add(file, List.of(fault));
      }
    }
  }

  /** Janino's places are less exact. */
  private void addUnlessTold(SourceFile file, List<Diagnostic> faults) {
    Set<String> told = new HashSet<>();
    found.getOrDefault(file, List.of()).forEach(each -> told.add(each.message()));
    add(file, faults.stream().filter(fault -> !told.contains(fault.message())).toList());
  }

  private void compile() {
    JaninoClasses types = new JaninoClasses(classpath.loader());
    Map<SourceFile, UnitCompiler> units = JaninoCompiler.units(trees, types);
    units.forEach((file, unit) -> add(file, beyondSyntax(file, unit, types)));
  }

  /**
   * What comes out only when types are looked at. A line of which the syntax told already is not
   * told of again, nor what follows from a variable whose type Janino does not know.
   */
  private List<Diagnostic> beyondSyntax(SourceFile file, UnitCompiler unit, JaninoClasses types) {
    List<Diagnostic> more = new ArrayList<>();
    unit.setCompileErrorHandler((message, place) -> more.add(diagnostic(message, place)));
    try {
      unit.compileUnit(true, true, true, new ArrayList<ClassFile>());
      more.addAll(JaninoMeaning.faults(unit, types, classpath.loader()));
    } catch (CompileException
        | RuntimeException
        | AssertionError
        | StackOverflowError
        | LinkageError e) {
      if (more.isEmpty() && !found.containsKey(file)) {
        more.add(Diagnostic.error("Janino failed: " + e));
      }
    }
    Set<Integer> told = new HashSet<>();
    found.getOrDefault(file, List.of()).forEach(each -> told.add(each.line()));
    more.removeIf(each -> told.contains(each.line()) || each.message().contains("\"var\""));
    return more.stream().distinct().toList();
  }

  private static Diagnostic diagnostic(String message, Location place) {
    Diagnostic plain = JaninoCompiler.diagnostic(new CompileException(message, place));
    return SafeSubset.fault(plain.line(), plain.column(), plain.message());
  }

  private void add(SourceFile file, List<Diagnostic> faults) {
    if (!faults.isEmpty()) {
      found.computeIfAbsent(file, each -> new ArrayList<>()).addAll(faults);
    }
  }
}
