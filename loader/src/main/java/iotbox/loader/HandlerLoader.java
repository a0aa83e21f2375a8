package iotbox.loader;

import iotbox.loader.HandlerStatus.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Brings the files of all sources to running handlers: groups them, compiles what is new, checks
 * it, and swaps the registry's snapshot.
 *
 * <p>A group whose files did not change keeps its {@link HandlerSet}, the same object. A group
 * whose new version is refused keeps its old set running, as long as the old files are still
 * offered.
 *
 * <p>Threads: {@link #reload} may be called by any thread. One lock, {@code reloading}, guards
 * everything in here and is held while compilers run. It is not held while the registry stops old
 * handlers and swaps, which changes do one after the other in the order of their compiling; so the
 * next one compiles meanwhile. Reading the registry never waits.
 */
public final class HandlerLoader {
  private final HandlerRegistry registry;
  private final Supplier<BuiltinHandlers> builtins;
  private final VisibleClasses visible;
  private final Platform platform;
  private final ArchiveLimits limits;
  private final HandlerSignatures signatures;
  private final HandlerCompiler compiler;
  private final SideBySide sideBySide;

  // Guarded by `reloading`.
  private final Object reloading = new Object();
  private final Map<String, CheckedArchive> archives = new LinkedHashMap<>();
  private Map<String, SourceFile> seen = Map.of();
  private final SourceRules rules = new SourceRules();
  private final StatusDates dates = new StatusDates();
  private final SourceReferences references = new SourceReferences();
  private Libraries libraries;
  private Map<SourceGroup, String> fingerprints = Map.of();
  private Map<String, LoadedGroup> known = new HashMap<>();
  private List<LoadedGroup> running = List.of();

  /** {@code null} until something is reloaded. */
  private Handlers planned;

  private CompletableFuture<Void> lastTurn = CompletableFuture.completedFuture(null);

  /** A loader that compiles as the box does. */
  public HandlerLoader(
      HandlerRegistry registry,
      BuiltinHandlers builtins,
      VisibleClasses visible,
      Platform platform) {
    this(registry, builtins, visible, platform, HandlerCompiler.automatic());
  }

  /** A loader with a compiler of the caller's choice, which works on the caller's thread. */
  public HandlerLoader(
      HandlerRegistry registry,
      BuiltinHandlers builtins,
      VisibleClasses visible,
      Platform platform,
      HandlerCompiler compiler) {
    this(
        registry,
        () -> builtins,
        visible,
        platform,
        ArchiveLimits.DEFAULT,
        HandlerSignatures.notRequired(),
        compiler,
        Runnable::run);
  }

  /**
   * A loader with everything of the caller's choice.
   *
   * @param registry has its first handlers before anything is reloaded
   * @param builtins asked for when something is reloaded
   * @param limits for the jars in {@code lib}, which are archives too
   * @param signatures which files are taken at all
   * @param helpers lends threads, so that all processors are used; those that compile may be busy
   *     for seconds
   */
  public HandlerLoader(
      HandlerRegistry registry,
      Supplier<BuiltinHandlers> builtins,
      VisibleClasses visible,
      Platform platform,
      ArchiveLimits limits,
      HandlerSignatures signatures,
      HandlerCompiler compiler,
      Executor helpers) {
    this.registry = registry;
    this.builtins = builtins;
    this.visible = visible;
    this.platform = platform;
    this.limits = limits;
    this.signatures = signatures;
    this.compiler = compiler;
    this.sideBySide = new SideBySide(helpers, Runtime.getRuntime().availableProcessors());
  }

  /** Handlers are expected that are not known yet: gets the compiler ready; returns at once. */
  public void expect() {
    sideBySide.aside(() -> Rehearsal.run(visible));
  }

  /**
   * Replaces everything that this source offered before. Sources are merged in the order of their
   * first reload; of equal paths the later source's counts. Takes as long as compiling takes:
   * milliseconds when little changed, seconds the first time.
   *
   * @param source a name for where the files come from, such as {@code odoo} or a folder
   * @param archive its files now; {@link HandlerArchive#empty()} for none
   */
  public LoadReport reload(String source, HandlerArchive archive) {
    long start = System.nanoTime();
    CompletableFuture<Void> turn;
    CompletableFuture<Void> done = new CompletableFuture<>();
    Handlers before;
    Handlers after;
    int compiled;
    long compileMillis;
    synchronized (reloading) {
      long begun = System.nanoTime();
      before = planned == null ? registry.current() : planned;
      planned = before;
      int runs = compiler.runs();
      after = plan(source, archive);
      compiled = compiler.runs() - runs;
      compileMillis = millisSince(begun);
      planned = after;
      turn = lastTurn;
      lastTurn = done;
    }
    try {
      turn.join();
      if (after == before) {
        return new LoadReport.Unchanged(after);
      }
      registry.replace(after);
    } finally {
      done.complete(null);
    }
    int failed = (int) after.status().stream().filter(file -> file.state() == State.FAILED).count();
    return new LoadReport.Changed(after, failed, compiled, compileMillis, millisSince(start));
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  /** Compiles, validates and loads; answers the handlers to come. Nothing of it runs yet. */
  private Handlers plan(String source, HandlerArchive archive) {
    CheckedArchive former = archives.get(source);
    HandlerArchive shared = former == null ? archive : archive.sharing(former.archive());
    archives.put(source, signatures.check(shared));
    OfferedFiles files = OfferedFiles.of(archives.values());
    List<HandlerStatus> status = new ArrayList<>(builtins.get().status());
    archives.values().forEach(each -> status.addAll(each.archive().refused()));
    for (String path : files.taken().keySet()) {
      if (!path.endsWith(".jar") && !path.endsWith(".java")) {
        HandlerStatus signature = files.signatures().get(path);
        status.add(signature == null ? FileStatus.other(path) : signature);
      }
    }

    List<SourceFile> sources = forThisSystem(lookAt(files), status);
    status.addAll(takeLibraries(files));
    Succession succession = Succession.of(running, load(sources, files), files.paths());
    running = succession.running();
    status.addAll(succession.status());
    return next(noted(status), succession.earlier());
  }

  /**
   * A jar that is refused is replaced by the version of it that is in use, if there is one, at its
   * place: of classes that are in several jars the first one counts.
   */
  private List<HandlerStatus> takeLibraries(OfferedFiles files) {
    Libraries former = libraries;
    List<HandlerFile> jars = new ArrayList<>(files.taken(".jar"));
    List<HandlerStatus> status = new ArrayList<>();
    files
        .refused()
        .forEach(
            (path, refused) -> {
              if (path.endsWith(".jar")) {
                Optional<HandlerFile> kept = former == null ? Optional.empty() : former.jar(path);
                kept.ifPresent(jars::add);
                status.add(FileStatus.refusedLibrary(path, refused.why(), kept.isPresent()));
              }
            });
    if (former != null && !status.isEmpty()) {
      jars.sort(Comparator.comparingInt(former::place));
    }
    libraries = Libraries.of(jars, visible, limits, former);
    if (libraries != former) {
      fingerprints = Map.of();
    }
    libraries.status().stream()
        .filter(library -> !files.refused().containsKey(library.file()))
        .forEach(status::add);
    return status;
  }

  private List<HandlerStatus> noted(List<HandlerStatus> status) {
    Map<String, Diagnostic> notes = new HashMap<>();
    archives.values().forEach(each -> notes.putAll(each.archive().notes()));
    return status.stream()
        .map(file -> notes.containsKey(file.file()) ? file.with(notes.get(file.file())) : file)
        .toList();
  }

  /** Looking at a source takes time, so what was looked at before is used again. */
  private List<SourceFile> lookAt(OfferedFiles files) {
    List<HandlerFile> javaFiles = new ArrayList<>(files.taken(".java"));
    javaFiles.addAll(files.refusedSources());
    Map<String, SourceFile> before = seen;
    List<SourceFile> sources =
        sideBySide.each(
            javaFiles,
            file -> {
              SourceFile earlier = before.get(file.path());
              return earlier != null && Arrays.equals(earlier.file().content(), file.content())
                  ? earlier
                  : SourceFile.of(file);
            });
    seen = sources.stream().collect(Collectors.toMap(SourceFile::path, Function.identity()));
    return sources;
  }

  private List<SourceFile> forThisSystem(List<SourceFile> sources, List<HandlerStatus> status) {
    List<SourceFile> own = new ArrayList<>();
    for (SourceFile source : sources) {
      Platform wanted = Platform.of(source.path());
      if (wanted == null || wanted == platform) {
        own.add(source);
      } else {
        status.add(FileStatus.otherSystem(source, wanted, platform));
      }
    }
    return own;
  }

  /** What is refused is kept away from all others: it is no reason to refuse or to reload them. */
  private List<LoadedGroup> load(List<SourceFile> sources, OfferedFiles files) {
    Map<Boolean, List<SourceFile>> isRefused =
        sources.stream()
            .collect(
                Collectors.partitioningBy(source -> files.refused().containsKey(source.path())));
    List<LoadedGroup> groups = new ArrayList<>(load(isRefused.get(false)));
    for (SourceFile source : isRefused.get(true)) {
      Diagnostic why = Diagnostic.error(files.refused().get(source.path()).why());
      groups.add(LoadedGroup.refused(FileStatus.refused(source, null, List.of(why))));
    }
    files
        .refused()
        .forEach(
            (path, refused) -> {
              if (path.endsWith(".java") && refused.file() == null) {
                groups.add(LoadedGroup.refused(FileStatus.missing(path, refused.why())));
              }
            });
    return groups;
  }

  private List<LoadedGroup> load(List<SourceFile> sources) {
    Classpath classpath = new Classpath(visible, libraries.loader());
    Map<SourceFile, List<Diagnostic>> faults = rules.faults(sources, classpath);
    GroupLoader groups = new GroupLoader(compiler, classpath);
    Map<String, LoadedGroup> usable = new HashMap<>(known);
    // A version that still runs may come back.
    running.forEach(group -> usable.put(group.fingerprint(), group));
    Map<SourceGroup, String> computed = new HashMap<>();
    Map<SourceGroup, String> wanted = new LinkedHashMap<>();
    for (SourceGroup group : SourceGroup.of(sources, references)) {
      wanted.put(group, fingerprint(group, faults, computed));
    }
    List<SourceGroup> lacking =
        wanted.keySet().stream().filter(group -> !usable.containsKey(wanted.get(group))).toList();
    sideBySide
        .each(lacking, group -> groups.load(group, wanted.get(group), faults))
        .forEach(group -> usable.put(group.fingerprint(), group));
    List<LoadedGroup> loaded = wanted.values().stream().map(usable::get).toList();
    known = new HashMap<>();
    loaded.forEach(group -> known.put(group.fingerprint(), group));
    fingerprints = computed;
    return loaded;
  }

  /** Of an unchanged group it is known; a thousand of them would take longer than compiling one. */
  private String fingerprint(
      SourceGroup group, Map<SourceFile, List<Diagnostic>> faults, Map<SourceGroup, String> next) {
    if (group.files().stream().anyMatch(faults::containsKey)) {
      return compute(group, faults);
    }
    String earlier = fingerprints.get(group);
    String fingerprint = earlier == null ? compute(group, faults) : earlier;
    next.put(group, fingerprint);
    return fingerprint;
  }

  private String compute(SourceGroup group, Map<SourceFile, List<Diagnostic>> faults) {
    Fingerprint fingerprint =
        new Fingerprint().add(compiler.fingerprint()).add(libraries.fingerprint());
    for (SourceFile file : group.files()) {
      fingerprint
          .add(file.path())
          .add(file.file().hash())
          .add(faults.getOrDefault(file, List.of()).toString());
    }
    return fingerprint.hex();
  }

  private Handlers next(List<HandlerStatus> undated, Map<String, HandlerFile> earlier) {
    Map<String, HandlerFile> offered = new HashMap<>();
    archives
        .values()
        .forEach(each -> each.archive().all().forEach(file -> offered.put(file.path(), file)));
    List<HandlerStatus> status = dates.dated(undated, offered);
    List<HandlerSet> sets = new ArrayList<>();
    sets.add(builtins.get().set());
    running.stream()
        .map(LoadedGroup::set)
        .filter(set -> !set.drivers().isEmpty() || !set.interfaces().isEmpty())
        .forEach(sets::add);
    boolean sameSets = sets.equals(planned.sets());
    if (sameSets && status.equals(planned.status())) {
      return planned;
    }
    Map<String, FileVersions> files = new HashMap<>();
    offered.forEach((path, file) -> files.put(path, new FileVersions(file, earlier.get(path))));
    return new Handlers(
        sameSets ? planned.generation() : planned.generation() + 1, sets, status, files);
  }
}
