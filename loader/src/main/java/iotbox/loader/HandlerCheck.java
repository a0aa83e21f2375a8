package iotbox.loader;

import iotbox.loader.HandlerStatus.Compiler;
import iotbox.loader.HandlerStatus.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compiles and validates handlers as a box would, and runs nothing of them, not even a static
 * initialiser: for their author, and for machines that build. Files for one system only are looked
 * at on any.
 */
public final class HandlerCheck {
  private final VisibleClasses visible;
  private final ArchiveLimits limits;

  /**
   * What was found of one file.
   *
   * @param status what a box would make of it
   * @param obstacles for a file that needs the Eclipse compiler: each place that keeps it from
   *     Janino; empty if there is none, as it may be the files that it is compiled with
   * @param together the other files that it is compiled with, by path
   */
  public record Checked(
      HandlerStatus status, List<Diagnostic> obstacles, Collection<String> together) {
    public Checked {
      obstacles = List.copyOf(obstacles);
      together = List.copyOf(together);
    }
  }

  /**
   * @param limits for the jars in {@code lib}
   */
  public HandlerCheck(VisibleClasses visible, ArchiveLimits limits) {
    this.visible = visible;
    this.limits = limits;
  }

  /** Looks at all files, those that are refused included; sorted by path. Takes seconds. */
  public List<Checked> check(HandlerArchive archive) {
    Map<String, Checked> all = new LinkedHashMap<>();
    for (Platform platform : Platform.values()) {
      for (Checked file : check(archive, platform)) {
        Checked other = all.get(file.status().file());
        if (other == null || other.status().state() == State.SKIPPED) {
          all.put(file.status().file(), file);
        }
      }
    }
    return all.values().stream()
        .sorted(Comparator.comparing(file -> file.status().file()))
        .toList();
  }

  private List<Checked> check(HandlerArchive archive, Platform platform) {
    HandlerRegistry registry = new HandlerRegistry(Handlers.none());
    HandlerLoader loader =
        new HandlerLoader(
            registry,
            BuiltinHandlers::none,
            visible,
            platform,
            limits,
            HandlerSignatures.notRequired(),
            HandlerCompiler.automatic(),
            Runnable::run);
    List<HandlerStatus> files = loader.reload("module", archive).handlers().status();
    Map<String, List<Diagnostic>> obstacles = new HashMap<>();
    Map<String, List<String>> together = new HashMap<>();
    for (SourceGroup group : byEclipse(archive, files)) {
      List<String> paths = group.files().stream().map(SourceFile::path).toList();
      paths.forEach(
          path -> together.put(path, paths.stream().filter(p -> !p.equals(path)).toList()));
      JaninoObstacles.in(group.files(), classpath(archive))
          .forEach((file, found) -> obstacles.put(file.path(), quoting(file, found)));
    }
    return files.stream()
        .map(
            file ->
                new Checked(
                    file,
                    obstacles.getOrDefault(file.file(), List.of()),
                    together.getOrDefault(file.file(), List.of())))
        .toList();
  }

  /** What of each group the Eclipse compiler took. */
  private static List<SourceGroup> byEclipse(HandlerArchive archive, List<HandlerStatus> files) {
    List<String> taken =
        files.stream()
            .filter(file -> file.state() == State.LOADED && file.compiler() == Compiler.ECJ)
            .map(HandlerStatus::file)
            .toList();
    List<SourceFile> sources = new ArrayList<>();
    for (HandlerFile file : archive.files()) {
      if (taken.contains(file.path())) {
        sources.add(SourceFile.of(file));
      }
    }
    return SourceGroup.of(sources);
  }

  private Classpath classpath(HandlerArchive archive) {
    List<HandlerFile> jars =
        archive.files().stream().filter(file -> file.path().endsWith(".jar")).toList();
    return new Classpath(visible, Libraries.of(jars, visible, limits, null).loader());
  }

  private static List<Diagnostic> quoting(SourceFile file, List<Diagnostic> diagnostics) {
    return diagnostics.stream()
        .sorted(Comparator.comparingInt(Diagnostic::line).thenComparingInt(Diagnostic::column))
        .map(diagnostic -> diagnostic.quoting(file))
        .toList();
  }
}
