package iotbox.loader;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jdt.core.compiler.CategorizedProblem;
import org.eclipse.jdt.internal.compiler.ClassFile;
import org.eclipse.jdt.internal.compiler.CompilationResult;
import org.eclipse.jdt.internal.compiler.Compiler;
import org.eclipse.jdt.internal.compiler.DefaultErrorHandlingPolicies;
import org.eclipse.jdt.internal.compiler.ast.CompilationUnitDeclaration;
import org.eclipse.jdt.internal.compiler.env.ICompilationUnit;
import org.eclipse.jdt.internal.compiler.env.INameEnvironment;
import org.eclipse.jdt.internal.compiler.impl.CompilerOptions;
import org.eclipse.jdt.internal.compiler.lookup.LookupEnvironment;
import org.eclipse.jdt.internal.compiler.lookup.ModuleBinding;
import org.eclipse.jdt.internal.compiler.problem.DefaultProblemFactory;

/**
 * Compiles a group with the Eclipse compiler: all of Java 17, every error with its place, on a
 * plain JRE. It costs more time and memory than Janino, so its classes are loaded when a group
 * needs them and not before.
 *
 * <p>Threads: one at a time.
 */
final class EclipseCompiler implements GroupCompiler {
  private EclipseNames names;

  @Override
  public CompiledGroup compile(List<SourceFile> files, Classpath classpath) {
    Map<String, byte[]> classes = new HashMap<>();
    Map<SourceFile, List<Diagnostic>> errors = new LinkedHashMap<>();
    Map<String, SourceFile> byPath = new HashMap<>();
    files.forEach(file -> byPath.put(file.path(), file));

    Compiler compiler =
        new QuietCompiler(
            names(classpath.visible()).with(classpath.libraries()),
            result -> {
              for (ClassFile file : result.getClassFiles()) {
                classes.put(String.valueOf(file.fileName()).replace('/', '.'), file.getBytes());
              }
              if (result.hasErrors()) {
                SourceFile file = byPath.get(String.valueOf(result.getFileName()));
                errors.put(file, diagnostics(result));
              }
            });
    compiler.compile(files.stream().map(Unit::new).toArray(ICompilationUnit[]::new));
    return errors.isEmpty()
        ? CompiledGroup.of(HandlerStatus.Compiler.ECJ, classes)
        : CompiledGroup.refused(HandlerStatus.Compiler.ECJ, errors);
  }

  private EclipseNames names(VisibleClasses visible) {
    if (names == null || names.visible() != visible) {
      names = new EclipseNames(visible);
    }
    return names;
  }

  private static List<Diagnostic> diagnostics(CompilationResult result) {
    List<Diagnostic> diagnostics = new ArrayList<>();
    for (CategorizedProblem problem : result.getErrors()) {
      int column =
          problem.getSourceStart() < 0 ? 0 : columnOf(result.getLineSeparatorPositions(), problem);
      diagnostics.add(
          Diagnostic.error(
              Math.max(0, problem.getSourceLineNumber()), column, problem.getMessage()));
    }
    return diagnostics;
  }

  private static int columnOf(int[] lineEnds, CategorizedProblem problem) {
    int line = problem.getSourceLineNumber();
    int start =
        line > 1 && lineEnds != null && lineEnds.length >= line - 1 ? lineEnds[line - 2] + 1 : 0;
    return problem.getSourceStart() - start + 1;
  }

  static CompilerOptions options() {
    Map<String, String> options = new HashMap<>();
    options.put(CompilerOptions.OPTION_Source, CompilerOptions.VERSION_17);
    options.put(CompilerOptions.OPTION_Compliance, CompilerOptions.VERSION_17);
    options.put(CompilerOptions.OPTION_TargetPlatform, CompilerOptions.VERSION_17);
    options.put(CompilerOptions.OPTION_SourceFileAttribute, CompilerOptions.GENERATE);
    options.put(CompilerOptions.OPTION_LineNumberAttribute, CompilerOptions.GENERATE);
    options.put(CompilerOptions.OPTION_LocalVariableAttribute, CompilerOptions.GENERATE);
    options.put(CompilerOptions.OPTION_MethodParametersAttribute, CompilerOptions.GENERATE);
    options.put(CompilerOptions.OPTION_Process_Annotations, CompilerOptions.DISABLED);
    CompilerOptions result = new CompilerOptions(options);
    // Warnings are for the author's own build; nobody would see them here.
    result.suppressWarnings = true;
    return result;
  }

  /** Leaves it to the caller to report what the compiler itself dies of. */
  private static final class QuietCompiler extends Compiler {
    QuietCompiler(
        INameEnvironment names, org.eclipse.jdt.internal.compiler.ICompilerRequestor requestor) {
      super(
          names,
          DefaultErrorHandlingPolicies.proceedWithAllProblems(),
          options(),
          requestor,
          new DefaultProblemFactory(Locale.ENGLISH),
          new PrintWriter(Writer.nullWriter()),
          null);
    }

    @Override
    protected void handleInternalException(
        Throwable fault, CompilationUnitDeclaration unit, CompilationResult result) {
      // It is thrown on after this.
    }
  }

  /** A source in memory. */
  record Unit(SourceFile file) implements ICompilationUnit {
    @Override
    public char[] getContents() {
      return file.text().toCharArray();
    }

    // The compiler wants a public type in a file of its name; FooScale_L.java may declare FooScale.
    @Override
    public char[] getMainTypeName() {
      SourceFile.DeclaredType main = file.mainType();
      return (main == null ? file.fileName().replace(".java", "") : main.name()).toCharArray();
    }

    @Override
    public char[][] getPackageName() {
      return null;
    }

    @Override
    public ModuleBinding module(LookupEnvironment environment) {
      return environment.UnNamedModule;
    }

    @Override
    public char[] getFileName() {
      return file.path().toCharArray();
    }
  }
}
