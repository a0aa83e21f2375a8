package iotbox.loader;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What became of a group.
 *
 * @param fingerprint of all that went into it: the same again would give the same
 * @param set its running handlers; without members if nothing of it runs
 * @param status of its files, in their order
 * @param sources the files that were compiled together; none if it is not even compiled
 * @param since when it was loaded
 */
record LoadedGroup(
    String fingerprint,
    HandlerSet set,
    List<HandlerStatus> status,
    List<SourceFile> sources,
    Instant since) {

  /** One file that is not even compiled. */
  static LoadedGroup refused(HandlerStatus file) {
    HandlerSet nothing = new HandlerSet(file.file(), List.of(), List.of());
    return new LoadedGroup("", nothing, List.of(file), List.of(), Instant.now());
  }

  /** The files whose classes are usable. */
  Set<String> loaded() {
    return status.stream()
        .filter(file -> file.state() == HandlerStatus.State.LOADED)
        .map(HandlerStatus::file)
        .collect(Collectors.toSet());
  }

  /** The files that were refused. */
  Set<String> failed() {
    return status.stream()
        .filter(file -> file.state() == HandlerStatus.State.FAILED)
        .map(HandlerStatus::file)
        .collect(Collectors.toSet());
  }

  Set<String> files() {
    return status.stream().map(HandlerStatus::file).collect(Collectors.toSet());
  }
}
