package iotbox.box;

import iotbox.box.reload.Reload;
import iotbox.box.reload.Reloads;
import iotbox.box.tally.Durations;
import iotbox.box.tally.Durations.Counted;
import iotbox.loader.Diagnostic;
import iotbox.loader.HandlerArchive;
import iotbox.loader.HandlerLoader;
import iotbox.loader.HandlerStatus;
import iotbox.loader.HandlerStatus.State;
import iotbox.loader.LoadReport;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has handlers loaded, counts and keeps what came of it, and tells it in the log, in a form that
 * editors jump to.
 */
final class LoadLog {
  private static final Logger LOG = LoggerFactory.getLogger(LoadLog.class);

  private final HandlerLoader loader;
  private final Reloads reloads;
  private final Durations durations = new Durations();
  private final List<BiConsumer<Reload, List<HandlerStatus>>> listeners =
      new CopyOnWriteArrayList<>();

  LoadLog(HandlerLoader loader, Reloads reloads) {
    this.loader = loader;
    this.reloads = reloads;
  }

  /**
   * From now on the listener gets each reload that changed something, and all files after it; on
   * the thread that loads. It must not block.
   */
  void onReload(BiConsumer<Reload, List<HandlerStatus>> listener) {
    listeners.add(listener);
  }

  /** As {@link HandlerLoader#expect}. */
  void expect() {
    loader.expect();
  }

  /** As {@link HandlerLoader#reload}. */
  LoadReport reload(String source, HandlerArchive archive) {
    long start = System.nanoTime();
    LoadReport report = loader.reload(source, archive);
    durations.add(
        source.equals(OdooHandlers.SOURCE) ? "odoo" : "folder",
        outcome(report, archive),
        System.nanoTime() - start);
    if (report instanceof LoadReport.Changed changed) {
      int loaded = count(State.LOADED, changed, archive);
      reloads.done(source, changed, loaded);
      LOG.info(
          "Handlers of {}: {} loaded, {} refused, in {} ms{}",
          source,
          loaded,
          changed.failed(),
          changed.millis(),
          changed.compiled() == 0 ? ", nothing compiled" : "");
      changed.handlers().status().stream()
          .filter(file -> file.state() == State.FAILED)
          .forEach(LoadLog::tell);
      reloads.latest().stream()
          .findFirst()
          .ifPresent(
              latest ->
                  listeners.forEach(each -> each.accept(latest, changed.handlers().status())));
    }
    return report;
  }

  /**
   * How long reloads took, by the kind of source: {@code odoo} or {@code folder}; with {@code
   * unchanged}, {@code loaded}, or {@code refused} where a file of that source was.
   */
  List<Counted> durations() {
    return durations.now();
  }

  private static String outcome(LoadReport report, HandlerArchive archive) {
    if (report instanceof LoadReport.Changed changed) {
      return count(State.FAILED, changed, archive) == 0 ? "loaded" : "refused";
    }
    return "unchanged";
  }

  /** How many of the archive's files are in this state now. */
  private static int count(State state, LoadReport.Changed changed, HandlerArchive archive) {
    Set<String> offered = new HashSet<>();
    archive.files().forEach(file -> offered.add(file.path()));
    return (int)
        changed.handlers().status().stream()
            .filter(file -> file.state() == state && offered.contains(file.file()))
            .count();
  }

  private static void tell(HandlerStatus file) {
    for (Diagnostic diagnostic : file.diagnostics()) {
      LOG.warn(
          "{}:{}:{}: {}",
          file.file(),
          diagnostic.line(),
          diagnostic.column(),
          diagnostic.message());
    }
  }
}
