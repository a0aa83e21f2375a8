package iotbox.box;

import iotbox.box.odoo.HandlerInstaller;
import iotbox.loader.ArchiveLimits;
import iotbox.loader.ArchiveReader;
import iotbox.loader.BadArchiveException;
import iotbox.loader.HandlerArchive;
import iotbox.loader.LoadReport;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the archives that Odoo sends to the loader, except one that ended the box when it was
 * started. Used by one thread at a time, but for {@link #held()}.
 */
final class OdooHandlers implements HandlerInstaller {
  private static final Logger LOG = LoggerFactory.getLogger(OdooHandlers.class);

  /** What the loader knows them by. */
  static final String SOURCE = "odoo";

  private static final String HELD =
      "The handlers from Odoo ended the box right after they were started, "
          + StartGuard.CHANCES
          + " times in a row, and are not loaded. Change them in Odoo, or have them loaded once"
          + " more with the button \"Load handlers\" or by switching the machine off and on.";

  private final LoadLog loader;
  private final StartGuard guard;
  private final ArchiveReader reader;

  private boolean running;
  private boolean replacedAll = true;
  private volatile byte[] held;

  OdooHandlers(LoadLog loader, StartGuard guard, ArchiveLimits limits) {
    this.reader = new ArchiveReader(limits);
    this.loader = loader;
    this.guard = guard;
  }

  @Override
  public void expected() {
    loader.expect();
  }

  @Override
  public void install(byte[] zip) throws BadArchiveException {
    HandlerArchive archive = reader.ofZip(zip);
    String name = archive.fingerprint();
    if (!guard.admits(name)) {
      hold(zip, archive);
      return;
    }
    held = null;
    guard.begins(SOURCE, name);
    LoadReport report = loader.reload(SOURCE, archive);
    running = true;
    replacedAll = report.handlers().status().stream().noneMatch(file -> file.running() != null);
  }

  @Override
  public boolean replacedAll() {
    return replacedAll;
  }

  private void hold(byte[] zip, HandlerArchive archive) {
    held = zip;
    LOG.error("{}", HELD);
    if (running) {
      throw new IllegalStateException(HELD);
    }
    loader.reload(SOURCE, archive.heldBack(HELD));
    replacedAll = true;
  }

  @Override
  public void retry() {
    byte[] zip = held;
    if (zip == null) {
      return;
    }
    LOG.info("The handlers that were held back are loaded once more");
    try {
      guard.forgive(reader.ofZip(zip).fingerprint());
      install(zip);
    } catch (BadArchiveException e) {
      throw new IllegalStateException("It was readable before", e);
    }
  }

  /** Why the handlers of Odoo are not loaded; on any thread. */
  Optional<String> held() {
    return held == null ? Optional.empty() : Optional.of(HELD);
  }

  @Override
  public void remove() {
    held = null;
    running = false;
    loader.reload(SOURCE, HandlerArchive.empty());
  }
}
