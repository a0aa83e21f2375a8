package iotbox.loader;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compiles groups of sources: with Janino where that is proven right, with the Eclipse compiler
 * otherwise. Stateless; may be used by several threads. Runs on the caller's thread and takes from
 * milliseconds to seconds.
 */
public final class HandlerCompiler implements AutoCloseable {
  /** Grows when the same sources may give other classes than before. */
  private static final String VERSION = "1";

  private enum Choice {
    AUTOMATIC,
    JANINO,
    ECLIPSE
  }

  private final Choice choice;
  private final GroupCompiler eclipse;

  private HandlerCompiler(Choice choice, GroupCompiler eclipse) {
    this.choice = choice;
    this.eclipse = eclipse;
  }

  private HandlerCompiler(Choice choice) {
    this(choice, (files, classpath) -> new EclipseCompiler().compile(files, classpath));
  }

  /** What the box uses: the Eclipse compiler has a process of its own while it is needed. */
  public static HandlerCompiler apart() {
    return new HandlerCompiler(Choice.AUTOMATIC, new EclipseProcess());
  }

  /** The same in this process alone: for tests and tools. */
  public static HandlerCompiler automatic() {
    return new HandlerCompiler(Choice.AUTOMATIC);
  }

  /** Never falls back: for tests and measurements. Sources outside the safe subset are refused. */
  public static HandlerCompiler janinoOnly() {
    return new HandlerCompiler(Choice.JANINO);
  }

  /** Never tries Janino: for tests and measurements. */
  public static HandlerCompiler eclipseOnly() {
    return new HandlerCompiler(Choice.ECLIPSE);
  }

  /** What else than the sources decides what comes out. */
  String fingerprint() {
    return choice + VERSION;
  }

  /**
   * Compiles one group. What a compiler throws at a monstrous source becomes an error of that
   * source.
   */
  CompiledGroup compile(SourceGroup group, Classpath classpath) {
    try {
      return compile(group.files(), classpath);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError e) {
      return refuse(group, e, classpath);
    }
  }

  /** Finds out which files it was: those that are too much although what they refer to is not. */
  private CompiledGroup refuse(SourceGroup group, Throwable thrown, Classpath classpath) {
    Map<SourceFile, Throwable> tooMuch = new LinkedHashMap<>();
    for (SourceFile file : group.files()) {
      try {
        compile(group.dependenciesOf(file), classpath);
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError e) {
        tooMuch.put(file, e);
      }
    }
    Map<SourceFile, List<Diagnostic>> errors = new LinkedHashMap<>();
    tooMuch.forEach(
        (file, fault) -> {
          boolean itself =
              group.dependenciesOf(file).stream()
                  .noneMatch(other -> other != file && tooMuch.containsKey(other));
          if (itself) {
            errors.put(file, List.of(Diagnostic.error(explain(fault))));
          }
        });
    if (errors.isEmpty()) {
      group.files().forEach(file -> errors.put(file, List.of(Diagnostic.error(explain(thrown)))));
    }
    return CompiledGroup.refused(HandlerStatus.Compiler.ECJ, errors);
  }

  private CompiledGroup compile(List<SourceFile> files, Classpath classpath) {
    if (choice != Choice.ECLIPSE) {
      CompiledGroup compiled = janino(files, classpath);
      if (compiled != null) {
        return compiled;
      }
    }
    return eclipse.compile(files, classpath);
  }

  /** What Janino made of it, or {@code null} if the Eclipse compiler has to see to it. */
  private CompiledGroup janino(List<SourceFile> files, Classpath classpath) {
    try {
      CompiledGroup compiled = new JaninoCompiler().compile(files, classpath);
      return compiled.errors().isEmpty() || choice == Choice.JANINO ? compiled : null;
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      if (choice == Choice.JANINO) {
        throw e;
      }
      return null;
    }
  }

  /** Ends what it runs besides this process. */
  @Override
  public void close() {
    if (eclipse instanceof EclipseProcess apart) {
      apart.close();
    }
  }

  private static String explain(Throwable thrown) {
    if (thrown instanceof StackOverflowError) {
      return "The source is nested too deeply to be compiled; split its longest expression";
    }
    if (thrown instanceof OutOfMemoryError) {
      return "The source needs more memory to compile than this box has; make it smaller";
    }
    return "The compiler failed on this source: " + thrown;
  }
}
