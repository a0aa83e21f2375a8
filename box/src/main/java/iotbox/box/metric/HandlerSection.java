package iotbox.box.metric;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import iotbox.box.guard.HandlerFaults;
import iotbox.box.tally.Durations.Counted;
import iotbox.loader.CompileTimes;
import iotbox.loader.HandlerStatus;
import iotbox.loader.Handlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The files of handlers, and how they got into the box. */
final class HandlerSection implements Section {
  private static final double NANOS = 1e9;

  private final Supplier<Handlers> handlers;
  private final HandlerFaults faults;
  private final CompileTimes compiling;
  private final Supplier<List<Counted>> reloads;

  HandlerSection(
      Supplier<Handlers> handlers,
      HandlerFaults faults,
      CompileTimes compiling,
      Supplier<List<Counted>> reloads) {
    this.handlers = handlers;
    this.faults = faults;
    this.compiling = compiling;
    this.reloads = reloads;
  }

  @Override
  public void writeTo(Families families) {
    Handlers now = handlers.get();
    families.gauge(
        "iotbox_handlers", "Files of handlers, by their kind and state.", states(now.status()));
    families.gauge(
        "iotbox_handlers_outdated",
        "Files of handlers that were refused and of which an earlier version runs on.",
        now.status().stream().filter(file -> file.running() != null).count());
    families.gauge(
        "iotbox_handlers_generation",
        "How often the handlers have changed since the start of the box.",
        now.generation());
    families.summary(
        "iotbox_compile_duration_seconds",
        "How long compilers took for groups of files that refer to each other.",
        compiling.now().stream().map(HandlerSection::point).toList());
    families.histogram(
        "iotbox_reload_duration_seconds",
        "How long it took to take in handlers, from their files to the swap, by where they came"
            + " from.",
        "source",
        reloads.get());
  }

  private Map<Labels, Long> states(List<HandlerStatus> files) {
    Map<Labels, Long> counts = new LinkedHashMap<>();
    for (HandlerStatus.Kind kind : HandlerStatus.Kind.values()) {
      for (HandlerStatus.State state : HandlerStatus.State.values()) {
        counts.put(Labels.of("kind", kind.word(), "state", state.word()), 0L);
      }
    }
    for (HandlerStatus file : files) {
      String state = faults.stateOf(file).word();
      Counts.add(counts, Labels.of("kind", file.kind().word(), "state", state));
    }
    return counts;
  }

  private static SummaryDataPointSnapshot point(CompileTimes.Time time) {
    return SummaryDataPointSnapshot.builder()
        .labels(Labels.of("compiler", time.compiler().word()))
        .count(time.runs())
        .sum(time.nanos() / NANOS)
        .build();
  }
}
