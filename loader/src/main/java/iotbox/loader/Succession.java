package iotbox.loader;

import iotbox.loader.HandlerStatus.Running;
import iotbox.loader.HandlerStatus.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which groups run after a reload. A new version takes the place of the old one, unless files that
 * ran before are refused now: then the old version stays, whole, and the parts of the new one that
 * share files with it wait. An old version whose files are gone does not stay.
 *
 * @param running the groups that run, old and new
 * @param status of all files of the new version
 * @param earlier the files of old versions that run, by path
 */
record Succession(
    List<LoadedGroup> running, List<HandlerStatus> status, Map<String, HandlerFile> earlier) {

  static Succession of(
      List<LoadedGroup> before, List<LoadedGroup> after, Collection<String> offered) {
    // An unchanged group is the same object, so that comparing contents would only cost.
    Set<LoadedGroup> unchanged = Collections.newSetFromMap(new IdentityHashMap<>());
    unchanged.addAll(after);
    List<LoadedGroup> replaced =
        before.stream()
            .filter(old -> !unchanged.contains(old) && offered.containsAll(old.loaded()))
            .toList();
    Set<String> refused = new HashSet<>();
    after.forEach(group -> refused.addAll(group.failed()));

    // Who stays makes others wait, and for whom they waited must stay too.
    Set<LoadedGroup> staying = new LinkedHashSet<>();
    Set<LoadedGroup> waiting = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<String> held = new HashSet<>(refused);
    boolean grows = true;
    while (grows) {
      grows = false;
      for (LoadedGroup old : replaced) {
        if (!staying.contains(old) && !Collections.disjoint(old.loaded(), held)) {
          staying.add(old);
          grows = true;
        }
      }
      for (LoadedGroup next : after) {
        boolean overlaps =
            staying.stream().anyMatch(old -> !Collections.disjoint(old.loaded(), next.files()));
        if (overlaps && waiting.add(next)) {
          held.addAll(next.files());
          grows = true;
        }
      }
    }

    List<LoadedGroup> running = new ArrayList<>();
    Map<String, Running> kept = new HashMap<>();
    Map<String, HandlerFile> earlier = new HashMap<>();
    for (LoadedGroup old : staying) {
      Set<String> loaded = old.loaded();
      old.sources().stream()
          .map(SourceFile::file)
          .filter(file -> loaded.contains(file.path()))
          .forEach(file -> earlier.put(file.path(), file));
      old.status().stream()
          .filter(file -> file.state() == State.LOADED)
          .forEach(file -> kept.put(file.file(), running(file, old, earlier.get(file.file()))));
    }
    List<HandlerStatus> status = new ArrayList<>();
    for (LoadedGroup next : after) {
      if (!waiting.contains(next) && !next.loaded().isEmpty()) {
        running.add(next);
      }
      for (HandlerStatus file : next.status()) {
        status.add(waiting.contains(next) ? waiting(file, kept, refused) : file);
      }
    }
    running.addAll(staying);
    // In the order of their files, so that an old version that stays also stays in its place.
    Map<String, Integer> order = new HashMap<>();
    offered.forEach(path -> order.put(path, order.size()));
    Map<LoadedGroup, Integer> places = new IdentityHashMap<>();
    for (LoadedGroup group : running) {
      places.put(group, group.loaded().stream().mapToInt(order::get).min().orElse(0));
    }
    running.sort(Comparator.comparing(places::get));
    return new Succession(List.copyOf(running), List.copyOf(status), Map.copyOf(earlier));
  }

  private static Running running(HandlerStatus file, LoadedGroup old, HandlerFile source) {
    return new Running(file.className(), file.compiler(), old.since(), source.hash());
  }

  private static HandlerStatus waiting(
      HandlerStatus file, Map<String, Running> kept, Set<String> refused) {
    String others = String.join(", ", refused.stream().sorted().toList());
    Running running = kept.get(file.file());
    if (running == null) {
      return file.state() == State.FAILED
          ? file
          : with(
              file,
              State.FAILED,
              Diagnostic.error("Waits until this is repaired: " + others),
              null);
    }
    return with(
        file,
        file.state(),
        Diagnostic.warning(
            0,
            0,
            file.state() == State.FAILED
                ? "The earlier version of this file keeps running until it is repaired"
                : "The earlier version of this file keeps running until this is repaired: "
                    + others),
        running);
  }

  private static HandlerStatus with(
      HandlerStatus file, State state, Diagnostic more, Running running) {
    List<Diagnostic> diagnostics = new ArrayList<>(file.diagnostics());
    diagnostics.add(more);
    return file.with(state, diagnostics, running);
  }
}
