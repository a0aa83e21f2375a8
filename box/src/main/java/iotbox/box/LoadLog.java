package iotbox.box;

import iotbox.box.reload.Reloads;
import iotbox.loader.Diagnostic;
import iotbox.loader.HandlerArchive;
import iotbox.loader.HandlerLoader;
import iotbox.loader.HandlerStatus;
import iotbox.loader.HandlerStatus.State;
import iotbox.loader.LoadReport;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has handlers loaded, keeps what came of it, and tells it in the log what came of it, in a form
 * that editors jump to.
 */
final class LoadLog {
  private static final Logger LOG = LoggerFactory.getLogger(LoadLog.class);

  private final HandlerLoader loader;
  private final Reloads reloads;

  LoadLog(HandlerLoader loader, Reloads reloads) {
    this.loader = loader;
    this.reloads = reloads;
  }

  /** As {@link HandlerLoader#expect}. */
  void expect() {
    loader.expect();
  }

  /** As {@link HandlerLoader#reload}. */
  LoadReport reload(String source, HandlerArchive archive) {
    LoadReport report = loader.reload(source, archive);
    if (report instanceof LoadReport.Changed changed) {
      int loaded = loaded(changed.handlers().status(), archive);
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
    }
    return report;
  }

  private static int loaded(List<HandlerStatus> status, HandlerArchive archive) {
    Set<String> offered = new HashSet<>();
    archive.files().forEach(file -> offered.add(file.path()));
    return (int)
        status.stream()
            .filter(file -> file.state() == State.LOADED && offered.contains(file.file()))
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
