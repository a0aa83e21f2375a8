package iotbox.box;

import iotbox.box.option.StartupException;
import iotbox.loader.ArchiveLimits;
import iotbox.loader.ArchiveReader;
import iotbox.loader.HandlerArchive;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder with an Odoo module whose handlers are loaded without Odoo ({@code --handlers}), and
 * again whenever a file in it changes. A module that goes takes its handlers along, and brings them
 * back when it comes back. Has a thread of its own that sleeps until the system reports a change.
 */
final class LocalModule implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalModule.class);

  /**
   * Editors write in several steps: a temporary file, a rename. Load when this long nothing came.
   */
  private static final Duration QUIET = Duration.ofMillis(40);

  /** Loads by then, even if changes come without a pause. */
  private static final Duration PATIENCE = Duration.ofMillis(400);

  private static final String HELD =
      "The handlers of this folder ended the box right after they were started, "
          + StartGuard.CHANCES
          + " times in a row, and are not loaded. Change one of them, or save it again.";

  private static final String HANDLERS = "iot_handlers";

  private final Path folder;
  private final LoadLog loader;
  private final StartGuard guard;
  private final ArchiveReader reader;
  private final WatchService watcher;

  LocalModule(Path folder, LoadLog loader, StartGuard guard, ArchiveLimits limits)
      throws StartupException {
    this.reader = new ArchiveReader(limits);
    this.folder = folder;
    this.loader = loader;
    this.guard = guard;
    try {
      this.watcher = folder.getFileSystem().newWatchService();
    } catch (IOException e) {
      throw new StartupException(folder + " cannot be watched: " + e.getMessage() + ".");
    }
  }

  /** Loads the handlers, then watches until closed; on a thread of its own. */
  void run() {
    boolean started = false;
    try {
      while (true) {
        // Watching begins before reading, so that no change falls in between.
        watch();
        load(started);
        started = true;
        awaitChange();
      }
    } catch (ClosedWatchServiceException | InterruptedException e) {
      LOG.debug("{} is no longer watched", folder);
    }
  }

  /** Returns when something changed and the changes have come to rest. */
  private void awaitChange() throws InterruptedException {
    boolean ours;
    do {
      ours = concerns(watcher.take());
    } while (!ours);
    long latest = System.nanoTime() + PATIENCE.toNanos();
    long quiet = System.nanoTime() + QUIET.toNanos();
    long left = QUIET.toNanos();
    while (left > 0) {
      WatchKey more = watcher.poll(left, TimeUnit.NANOSECONDS);
      if (more != null && concerns(more)) {
        quiet = System.nanoTime() + QUIET.toNanos();
      }
      left = Math.min(quiet, latest) - System.nanoTime();
    }
  }

  /** Whether the key's events concern the module; of those above it only the way to it does. */
  private boolean concerns(WatchKey key) {
    Path directory = (Path) key.watchable();
    boolean concerns = false;
    for (WatchEvent<?> event : key.pollEvents()) {
      concerns |=
          directory.startsWith(folder)
              || event.kind() == StandardWatchEventKinds.OVERFLOW
              || folder.startsWith(directory.resolve((Path) event.context()));
    }
    return !key.reset() || concerns; // What cannot be reset is a folder that has gone.
  }

  /**
   * @param saved whether somebody just changed something, which gives what was held back another
   *     chance
   */
  private void load(boolean saved) {
    HandlerArchive archive = HandlerArchive.empty();
    try {
      archive = reader.ofFolder(folder);
    } catch (IOException e) {
      LOG.warn("The handlers of {} cannot be read: {}", folder, e.toString());
      if (Files.isDirectory(handlers())) {
        return; // What runs goes on until they can be read.
      }
    }
    String name = archive.fingerprint();
    if (saved) {
      guard.forgive(name);
    }
    if (guard.admits(name)) {
      guard.begins(folder.toString(), name);
    } else {
      LOG.error("{}: {}", folder, HELD);
      archive = archive.heldBack(HELD);
    }
    loader.reload(folder.toString(), archive);
  }

  private Path handlers() {
    return folder.endsWith(HANDLERS) ? folder : folder.resolve(HANDLERS);
  }

  /**
   * The way to the module, the module, its {@code iot_handlers} and the folders in there; from the
   * top, so that what is made meanwhile is not missed. Watching one twice is harmless.
   */
  private void watch() {
    for (int depth = 0; depth < folder.getNameCount(); depth++) {
      Path above =
          depth == 0 ? folder.getRoot() : folder.getRoot().resolve(folder.subpath(0, depth));
      watch(above, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE);
    }
    watchAll(folder);
    watchAll(handlers());
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(handlers(), Files::isDirectory)) {
      entries.forEach(this::watchAll);
    } catch (IOException | DirectoryIteratorException e) {
      LOG.debug("{} cannot be listed: {}", handlers(), e.toString());
    }
  }

  private void watchAll(Path directory) {
    watch(
        directory,
        StandardWatchEventKinds.ENTRY_CREATE,
        StandardWatchEventKinds.ENTRY_MODIFY,
        StandardWatchEventKinds.ENTRY_DELETE);
  }

  /** What is not there or not ours to see is told of by the folder above. */
  private void watch(Path directory, WatchEvent.Kind<?>... kinds) {
    try {
      directory.register(watcher, kinds);
    } catch (NoSuchFileException | NotDirectoryException | AccessDeniedException e) {
      LOG.debug("{} is not watched: {}", directory, e.toString());
    } catch (IOException e) {
      LOG.warn("{} cannot be watched: {}", directory, e.toString());
    }
  }

  @Override
  public void close() throws IOException {
    watcher.close();
  }
}
