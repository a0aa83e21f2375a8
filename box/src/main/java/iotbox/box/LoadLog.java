package iotbox.box;

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

/** Has handlers loaded, and tells in the log what came of it, in a form that editors jump to. */
final class LoadLog {
  private static final Logger LOG = LoggerFactory.getLogger(LoadLog.class);

  private final HandlerLoader loader;

  LoadLog(HandlerLoader loader) {
    this.loader = loader;
  }

  /** As {@link HandlerLoader#expect}. */
  void expect() {
    loader.expect();
  }

  /** As {@link HandlerLoader#reload}. */
  LoadReport reload(String source, HandlerArchive archive) {
    LoadReport report = loader.reload(source, archive);
    if (report instanceof LoadReport.Changed changed) {
      LOG.info(
          "Handlers of {}: {} loaded, {} refused, in {} ms{}",
          source,
          loaded(changed.handlers().status(), archive),
          changed.failed(),
          changed.millis(),
          changed.compiled() == 0 ? ", nothing compiled" : "");
      changed.handlers().status().stream()
          .filter(file -> file.state() == State.FAILED)
          .forEach(LoadLog::tell);
    }
    return report;
  }

  private static long loaded(List<HandlerStatus> status, HandlerArchive archive) {
    Set<String> offered = new HashSet<>();
    archive.files().forEach(file -> offered.add(file.path()));
    return status.stream()
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
