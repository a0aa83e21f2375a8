package iotbox.box;

import iotbox.loader.HandlerArchive;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder with an Odoo module whose handlers are loaded without Odoo ({@code --handlers}), and
 * again whenever a file in it changes. Has a thread of its own that sleeps until the system reports
 * a change.
 */
final class LocalModule implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalModule.class);

  /**
   * Editors write in several steps: a temporary file, a rename. Load when this long nothing came.
   */
  private static final long QUIET_MILLIS = 60;

  private final Path folder;
  private final LoadLog loader;
  private final WatchService watcher;

  LocalModule(Path folder, LoadLog loader) throws StartupException {
    this.folder = folder;
    this.loader = loader;
    try {
      this.watcher = folder.getFileSystem().newWatchService();
    } catch (IOException e) {
      throw new StartupException(folder + " cannot be watched: " + e.getMessage() + ".");
    }
  }

  /** Loads the handlers, then watches until closed; on a thread of its own. */
  void run() {
    try {
      while (true) {
        // Watching begins before reading, so that no change falls in between.
        watch();
        load();
        WatchKey change = watcher.take();
        while (change != null) {
          change.pollEvents();
          change.reset();
          change = watcher.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
        }
      }
    } catch (ClosedWatchServiceException | InterruptedException e) {
      LOG.debug("{} is no longer watched", folder);
    }
  }

  private void load() {
    try {
      loader.reload(folder.toString(), HandlerArchive.ofFolder(folder));
    } catch (IOException e) {
      LOG.warn("The handlers of {} cannot be read: {}", folder, e.toString());
    }
  }

  /**
   * The module, its {@code iot_handlers} and the folders in there; watching one twice is harmless.
   */
  private void watch() {
    try {
      watch(folder);
      Path handlers = folder.resolve("iot_handlers");
      watch(handlers);
      watchBelow(Files.isDirectory(handlers) ? handlers : folder);
    } catch (NoSuchFileException e) {
      LOG.debug("{} has gone while it was looked at", e.getFile());
    } catch (IOException e) {
      LOG.warn("{} cannot be watched: {}", folder, e.toString());
    }
  }

  private void watchBelow(Path parent) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, Files::isDirectory)) {
      for (Path entry : entries) {
        watch(entry);
      }
    }
  }

  private void watch(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      directory.register(
          watcher,
          StandardWatchEventKinds.ENTRY_CREATE,
          StandardWatchEventKinds.ENTRY_MODIFY,
          StandardWatchEventKinds.ENTRY_DELETE);
    }
  }

  @Override
  public void close() throws IOException {
    watcher.close();
  }
}
