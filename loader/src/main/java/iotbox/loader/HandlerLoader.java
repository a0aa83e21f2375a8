package iotbox.loader;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Brings the files of all sources to running handlers: groups them, compiles what is new, checks
 * it, and swaps the registry's snapshot.
 *
 * <p>A group whose files did not change keeps its {@link HandlerSet}, the same object. A group
 * whose new version is refused keeps its old set running, as long as the old files are still
 * offered. No foreign code runs here.
 *
 * <p>Threads: {@link #reload} may be called by any thread; calls wait for each other on one lock,
 * which guards everything in here and is held while compilers run and while the registry's
 * listeners are told. Reading the registry never takes it.
 */
public final class HandlerLoader {
  private final HandlerRegistry registry;
  private final BuiltinHandlers builtins;
  private final VisibleClasses visible;
  private final Platform platform;
  private final HandlerCompiler compiler;

  // Guarded by `reloading`.
  private final Object reloading = new Object();
  private final Map<String, HandlerArchive> archives = new LinkedHashMap<>();
  private Libraries libraries;
  private Map<String, LoadedGroup> known = new HashMap<>();
  private List<LoadedGroup> running = List.of();

  /** A loader that compiles as the box does. */
  public HandlerLoader(
      HandlerRegistry registry,
      BuiltinHandlers builtins,
      VisibleClasses visible,
      Platform platform) {
    this(registry, builtins, visible, platform, HandlerCompiler.automatic());
  }

  /** A loader with a compiler of the caller's choice. */
  public HandlerLoader(
      HandlerRegistry registry,
      BuiltinHandlers builtins,
      VisibleClasses visible,
      Platform platform,
      HandlerCompiler compiler) {
    this.registry = registry;
    this.builtins = builtins;
    this.visible = visible;
    this.platform = platform;
    this.compiler = compiler;
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
    synchronized (reloading) {
      long start = System.nanoTime();
      archives.put(source, archive);
      Map<String, HandlerFile> files = merged();
      List<HandlerStatus> status = new ArrayList<>(builtins.status());
      archives.values().forEach(each -> status.addAll(each.refused()));

      List<HandlerFile> jars = new ArrayList<>();
      List<SourceFile> sources = new ArrayList<>();
      for (HandlerFile file : files.values()) {
        if (file.path().endsWith(".jar")) {
          jars.add(file);
        } else if (file.path().endsWith(".java")) {
          SourceFile sourceFile = SourceFile.of(file);
          Platform wanted = Platform.of(file.path());
          if (wanted == null || wanted == platform) {
            sources.add(sourceFile);
          } else {
            status.add(FileStatus.otherSystem(sourceFile, wanted, platform));
          }
        } else {
          status.add(FileStatus.other(file.path()));
        }
      }
      libraries = Libraries.of(jars, visible, libraries);
      status.addAll(libraries.status());

      Succession succession = Succession.of(running, load(sources), files.keySet());
      running = succession.running();
      status.addAll(succession.status());
      return publish(noted(status), start);
    }
  }

  private List<HandlerStatus> noted(List<HandlerStatus> status) {
    Map<String, Diagnostic> notes = new HashMap<>();
    archives.values().forEach(each -> notes.putAll(each.notes()));
    return status.stream()
        .map(file -> notes.containsKey(file.file()) ? file.with(notes.get(file.file())) : file)
        .toList();
  }

  private Map<String, HandlerFile> merged() {
    Map<String, HandlerFile> files = new LinkedHashMap<>();
    for (HandlerArchive archive : archives.values()) {
      for (HandlerFile file : archive.files()) {
        files.put(file.path(), file);
      }
    }
    return files;
  }

  private List<LoadedGroup> load(List<SourceFile> sources) {
    Map<SourceFile, List<Diagnostic>> faults = SourceRules.faults(sources, visible);
    GroupLoader groups = new GroupLoader(compiler, new Classpath(visible, libraries.loader()));
    Map<String, LoadedGroup> usable = new HashMap<>(known);
    // A version that still runs may come back.
    running.forEach(group -> usable.put(group.fingerprint(), group));
    List<LoadedGroup> loaded = new ArrayList<>();
    Map<String, LoadedGroup> next = new HashMap<>();
    for (SourceGroup group : SourceGroup.of(sources)) {
      String fingerprint = fingerprint(group, faults);
      LoadedGroup result = usable.get(fingerprint);
      if (result == null) {
        result = groups.load(group, fingerprint, faults);
      }
      next.put(fingerprint, result);
      loaded.add(result);
    }
    known = next;
    return loaded;
  }

  private String fingerprint(SourceGroup group, Map<SourceFile, List<Diagnostic>> faults) {
    Fingerprint fingerprint =
        new Fingerprint().add(compiler.fingerprint()).add(libraries.fingerprint());
    for (SourceFile file : group.files()) {
      fingerprint
          .add(file.path())
          .add(file.file().content())
          .add(faults.getOrDefault(file, List.of()).toString());
    }
    return fingerprint.hex();
  }

  private LoadReport publish(List<HandlerStatus> status, long start) {
    Handlers before = registry.current();
    List<HandlerSet> sets = new ArrayList<>();
    sets.add(builtins.set());
    running.stream()
        .map(LoadedGroup::set)
        .filter(set -> !set.drivers().isEmpty() || !set.interfaces().isEmpty())
        .forEach(sets::add);
    boolean sameSets = sets.equals(before.sets());
    if (sameSets && status.equals(before.status())) {
      return new LoadReport.Unchanged(before);
    }
    long generation = sameSets ? before.generation() : before.generation() + 1;
    Handlers handlers = new Handlers(generation, sets, status);
    registry.replace(handlers);
    int failed =
        (int) status.stream().filter(file -> file.state() == HandlerStatus.State.FAILED).count();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    return new LoadReport.Changed(handlers, failed, millis);
  }
}
