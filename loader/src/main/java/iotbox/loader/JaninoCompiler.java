package iotbox.loader;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.commons.compiler.Location;
import org.codehaus.janino.Java.AbstractCompilationUnit;
import org.codehaus.janino.Java.CompilationUnit;
import org.codehaus.janino.Parser;
import org.codehaus.janino.Scanner;
import org.codehaus.janino.UnitCompiler;
import org.codehaus.janino.util.ClassFile;

/**
 * Compiles a group with Janino: small and quick, but it takes only a part of the language, and some
 * of what it takes it compiles wrongly. So every source must be inside {@link SafeSubset}, its
 * expressions must mean what Java says ({@link JaninoMeaning}), and the classes must hold together
 * ({@link LinkCheck}). What fails is refused, never compiled in hope.
 */
final class JaninoCompiler implements GroupCompiler {
  // Class files of this version have everything the compiler can make; below 8, static and default
  // methods of interfaces cannot be called.
  private static final int TARGET = 11;

  private final boolean checked;

  JaninoCompiler() {
    this(true);
  }

  /**
   * @param checked {@code false} only in tests, which show what the checks are for
   */
  JaninoCompiler(boolean checked) {
    this.checked = checked;
  }

  @Override
  public CompiledGroup compile(List<SourceFile> files, Classpath classpath) {
    Map<SourceFile, List<Diagnostic>> errors = new LinkedHashMap<>();
    Map<SourceFile, AbstractCompilationUnit> trees = new LinkedHashMap<>();
    for (SourceFile file : files) {
      try {
        checkUnique(file, classpath);
        trees.put(file, parse(file, checked));
      } catch (CompileException | RuntimeException e) {
        errors.put(file, List.of(diagnostic(e)));
      }
    }
    if (checked && errors.isEmpty()) {
      errors.putAll(SafeSubset.faults(trees));
    }
    return errors.isEmpty()
        ? compile(trees, classpath)
        : CompiledGroup.refused(HandlerStatus.Compiler.JANINO, errors);
  }

  private CompiledGroup compile(
      Map<SourceFile, AbstractCompilationUnit> trees, Classpath classpath) {
    JaninoClasses types = new JaninoClasses(classpath.loader());
    Map<SourceFile, UnitCompiler> units = units(trees, types);
    Map<String, byte[]> classes = new HashMap<>();
    Map<SourceFile, List<Diagnostic>> errors = new LinkedHashMap<>();
    units.forEach(
        (file, unit) -> {
          try {
            List<ClassFile> made = new ArrayList<>();
            unit.compileUnit(true, true, true, made);
            made.forEach(type -> classes.put(type.getThisClassName(), type.toByteArray()));
            if (checked) {
              List<Diagnostic> faults = JaninoMeaning.faults(unit, types, classpath.loader());
              if (!faults.isEmpty()) {
                errors.put(file, faults);
              }
            }
          } catch (CompileException | RuntimeException e) {
            errors.put(file, List.of(diagnostic(e)));
          }
        });
    if (checked && errors.isEmpty()) {
      String fault = LinkCheck.fault(classes, classpath);
      if (fault != null) {
        errors.put(trees.keySet().iterator().next(), List.of(Diagnostic.error(fault)));
      }
    }
    return errors.isEmpty()
        ? CompiledGroup.of(HandlerStatus.Compiler.JANINO, classes)
        : CompiledGroup.refused(HandlerStatus.Compiler.JANINO, errors);
  }

  /** A compiler for each of these, which know of each other. */
  static Map<SourceFile, UnitCompiler> units(
      Map<SourceFile, AbstractCompilationUnit> trees, JaninoClasses types) {
    Map<SourceFile, UnitCompiler> units = new LinkedHashMap<>();
    trees.forEach(
        (file, tree) -> {
          UnitCompiler unit = new UnitCompiler(tree, types);
          unit.setTargetVersion(TARGET);
          types.add(unit);
          units.put(file, unit);
        });
    return units;
  }

  // At run time a group's own class comes first; Janino would take the other one.
  static void checkUnique(SourceFile file, Classpath classpath) throws CompileException {
    for (SourceFile.DeclaredType type : file.types()) {
      String path = file.qualified(type).replace('.', '/') + ".class";
      if (classpath.loader().getResource(path) != null) {
        throw new CompileException("A library has a class " + file.qualified(type) + " too", null);
      }
    }
  }

  static AbstractCompilationUnit parse(SourceFile file, boolean checked) throws CompileException {
    try {
      Parser parser = new Parser(new Scanner(file.fileName(), new StringReader(file.text())));
      AbstractCompilationUnit tree = parser.parseAbstractCompilationUnit();
      return checked ? FinallyRewriter.rewrite((CompilationUnit) tree) : tree;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Diagnostic diagnostic(Exception e) {
    if (e instanceof CompileException fault && fault.getLocation() != null) {
      Location location = fault.getLocation();
      // Its text repeats the place.
      String message = String.valueOf(fault.getMessage());
      String prefix = location + ": ";
      return Diagnostic.error(
          location.getLineNumber(),
          location.getColumnNumber(),
          message.startsWith(prefix) ? message.substring(prefix.length()) : message);
    }
    return Diagnostic.error("Janino failed: " + e);
  }
}
