package iotbox.box;

import iotbox.box.thread.BoxThreads;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when its memory is used up for good. An {@code OutOfMemoryError} in a handler
 * that lets its memory go again is a fault of that handler, and the box goes on. One that keeps the
 * memory leaves no room for anybody: whatever part of the box allocates next fails, and a box that
 * answers half of the time is worse than one that ends, is started again and, if it happens during
 * the start, is held from these handlers by the {@link StartGuard}.
 *
 * <p>Looks every other second at what was left in use by the last collection, on a thread of its
 * own; that costs nothing while there is room.
 */
final class MemoryWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryWatch.class);
  private static final int NO_MEMORY = 3;
  private static final long PAUSE_SECONDS = 2;
  private static final double FULL = 0.95;

  /** So often in a row it must be full, each time after a collection. */
  private static final int PATIENCE = 2;

  private final ScheduledExecutorService thread;
  private final List<MemoryPoolMXBean> pools;
  private volatile int full;

  MemoryWatch(BoxThreads threads) {
    // Only pools for long-lived objects know this; the others are empty after a collection.
    pools =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .filter(MemoryPoolMXBean::isCollectionUsageThresholdSupported)
            .filter(pool -> pool.getName().matches(".*(Old|Tenured).*"))
            .toList();
    thread = threads.single("memory");
    thread.scheduleWithFixedDelay(this::look, PAUSE_SECONDS, PAUSE_SECONDS, TimeUnit.SECONDS);
  }

  /** What is wrong, for people; it is by now most likely that the box ends. */
  Optional<String> trouble() {
    return full > 0 ? Optional.of("its memory is used up") : Optional.empty();
  }

  private void look() {
    try {
      if (isFull()) {
        System.gc(); // The last collection may be long ago.
        full = isFull() ? full + 1 : 0;
      } else {
        full = 0;
      }
    } catch (OutOfMemoryError e) {
      full++;
    }
    if (full >= PATIENCE) {
      end();
    }
  }

  private boolean isFull() {
    for (MemoryPoolMXBean pool : pools) {
      MemoryUsage after = pool.getCollectionUsage();
      if (after != null && after.getMax() > 0 && after.getUsed() > FULL * after.getMax()) {
        return true;
      }
    }
    return false;
  }

  /** Without the orderly way, which needs memory. */
  private static void end() {
    try {
      LOG.error("The memory is used up and does not come back, so the box ends; see its handlers");
    } finally {
      Runtime.getRuntime().halt(NO_MEMORY);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
