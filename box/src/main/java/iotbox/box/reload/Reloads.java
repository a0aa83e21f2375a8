package iotbox.box.reload;

import iotbox.box.device.TouchedDevices;
import iotbox.loader.HandlerRegistry;
import iotbox.loader.Handlers;
import iotbox.loader.LoadReport;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Remembers the last reloads: which files differed and what became of devices. The registry tells
 * it of each change, and whoever reloads tells it afterwards what else is known.
 *
 * <p>Its lock is itself, and is held for look-ups only.
 */
public final class Reloads implements HandlerRegistry.Listener {
  private static final int KEPT = 20;

  /** A change that nobody reports would otherwise hold its handlers for ever. */
  private static final int MOST_UNREPORTED = 4;

  private static final String HANDLERS = "iot_handlers";

  private final Supplier<TouchedDevices> touched;

  // Guarded by this.
  private final Deque<Swap> unreported = new ArrayDeque<>();
  private final Deque<Reload> kept = new ArrayDeque<>();

  /** A change of the registry's. */
  private record Swap(Handlers after, Instant at, List<FileChange> files, TouchedDevices devices) {}

  /**
   * @param touched the devices of the last change, asked right after the manager of the devices was
   *     told of it: so this has to be told later
   */
  public Reloads(Supplier<TouchedDevices> touched) {
    this.touched = touched;
  }

  @Override
  public void changed(Handlers before, Handlers after) {
    Swap swap = new Swap(after, Instant.now(), FileChange.between(before, after), touched.get());
    synchronized (this) {
      unreported.addLast(swap);
      if (unreported.size() > MOST_UNREPORTED) {
        unreported.removeFirst();
      }
    }
  }

  /**
   * What came of the reload of this source.
   *
   * @param loaded so many of its files are loaded
   */
  public synchronized void done(String source, LoadReport.Changed report, int loaded) {
    for (Iterator<Swap> swaps = unreported.iterator(); swaps.hasNext(); ) {
      Swap swap = swaps.next();
      if (swap.after() == report.handlers()) {
        swaps.remove();
        kept.addFirst(
            new Reload(
                swap.at(),
                shown(source),
                report.millis(),
                report.compileMillis(),
                report.compiled(),
                loaded,
                report.failed(),
                swap.files(),
                swap.devices()));
      }
    }
    if (kept.size() > KEPT) {
      kept.removeLast();
    }
  }

  /** The last ones, newest first. */
  public synchronized List<Reload> latest() {
    return new ArrayList<>(kept);
  }

  /** Where a folder is concerns nobody but its owner, who knows it by its name. */
  private static String shown(String source) {
    Path path = Path.of(source);
    Path name = path.endsWith(HANDLERS) && path.getNameCount() > 1 ? path.getParent() : path;
    return name.getFileName() == null ? source : name.getFileName().toString();
  }
}
