package iotbox.loader;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Compiles groups of sources: with Janino where that is proven right, with the Eclipse compiler
 * otherwise, and with none where the result is kept from before. May be used by several threads.
 * Runs on the caller's thread and takes from milliseconds to seconds.
 */
public final class HandlerCompiler implements AutoCloseable {
  private enum Choice {
    AUTOMATIC,
    JANINO,
    ECLIPSE
  }

  private final Choice choice;
  private final GroupCompiler eclipse;
  private final ClassCache cache;
  private final AtomicInteger runs = new AtomicInteger();
  private final CompileTimes times = new CompileTimes();

  private HandlerCompiler(Choice choice, GroupCompiler eclipse, ClassCache cache) {
    this.choice = choice;
    this.eclipse = eclipse;
    this.cache = cache;
  }

  private HandlerCompiler(Choice choice) {
    this(
        choice,
        (files, classpath) -> new EclipseCompiler().compile(files, classpath),
        ClassCache.none());
  }

  /** What the box uses: the Eclipse compiler has a process of its own while it is needed. */
  public static HandlerCompiler apart() {
    return new HandlerCompiler(Choice.AUTOMATIC, new EclipseProcess(), ClassCache.none());
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

  /** This compiler with a cache, where it keeps what it makes; closing either closes both. */
  public HandlerCompiler with(ClassCache kept) {
    return new HandlerCompiler(choice, eclipse, kept);
  }

  /** What else than the sources and the libraries decides what comes out in this process. */
  String fingerprint() {
    return choice.name();
  }

  /** How often a compiler had to run up to now. */
  int runs() {
    return runs.get();
  }

  /** How long that took. */
  public CompileTimes times() {
    return times;
  }

  /**
   * Compiles one group, unless its classes are kept.
   *
   * @param fingerprint of the sources, the libraries and this compiler
   */
  CompiledGroup compile(SourceGroup group, Classpath classpath, String fingerprint) {
    // What remains of a group when a file was refused is another group.
    String all = new Fingerprint().add(fingerprint).add(group.toString()).hex();
    Optional<String> key = cache.key(all);
    Optional<CompiledGroup> kept = key.flatMap(name -> cache.get(name, group.files()));
    if (kept.isPresent()) {
      return kept.get();
    }
    return compile(group, classpath, compiled -> key.ifPresent(name -> cache.put(name, compiled)));
  }

  /**
   * Compiles one group. What a compiler throws at a monstrous source becomes an error of that
   * source.
   */
  CompiledGroup compile(SourceGroup group, Classpath classpath) {
    return compile(group, classpath, compiled -> {});
  }

  /**
   * @param keep gets what a compiler said; not what was too much for it, as there may be more
   *     memory the next time
   */
  private CompiledGroup compile(
      SourceGroup group, Classpath classpath, Consumer<CompiledGroup> keep) {
    runs.incrementAndGet();
    long start = System.nanoTime();
    CompiledGroup compiled = compileOrRefuse(group, classpath, keep);
    times.add(compiled.compiler(), System.nanoTime() - start);
    return compiled;
  }

  private CompiledGroup compileOrRefuse(
      SourceGroup group, Classpath classpath, Consumer<CompiledGroup> keep) {
    try {
      CompiledGroup compiled = compile(group.files(), classpath);
      keep.accept(compiled);
      return compiled;
    } catch (RuntimeException
        | AssertionError
        | StackOverflowError
        | OutOfMemoryError
        | LinkageError e) {
      return refuse(group, e, classpath);
    }
  }

  /** Finds out which files it was: those that are too much although what they refer to is not. */
  private CompiledGroup refuse(SourceGroup group, Throwable thrown, Classpath classpath) {
    Map<SourceFile, Throwable> tooMuch = new LinkedHashMap<>();
    for (SourceFile file : group.files()) {
      try {
        compile(group.dependenciesOf(file), classpath);
      } catch (RuntimeException
          | AssertionError
          | StackOverflowError
          | OutOfMemoryError
          | LinkageError e) {
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
    } catch (RuntimeException | AssertionError | StackOverflowError | LinkageError e) {
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
