package iotbox.loader;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the current {@link Handlers} and takes the box from one to the next: what is about to go is
 * stopped first, then the snapshot is swapped in one step, then the new ones begin. Reading never
 * waits.
 */
public final class HandlerRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(HandlerRegistry.class);

  /** How long a change waits for the old handlers; those that hang are left behind. */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile Handlers current;

  /**
   * Runs the handlers. Called on the thread that reloads, one change at a time, holding no lock;
   * must not reload itself.
   */
  @FunctionalInterface
  public interface Listener {
    /**
     * These sets are about to go: ends everything that runs of them and begins nothing more. Does
     * not block; what is returned completes when nothing of them runs any longer. The snapshot is
     * swapped then, or when the patience of the registry ends.
     */
    default CompletableFuture<?> leaving(Set<HandlerSet> sets) {
      return CompletableFuture.completedFuture(null);
    }

    /** The snapshot has been swapped: {@code after} is the current one. */
    void changed(Handlers before, Handlers after);
  }

  /** A registry that starts with these handlers. */
  public HandlerRegistry(Handlers initial) {
    this.current = initial;
  }

  /** A registry that has no handlers until it {@linkplain #begin begins}. */
  public HandlerRegistry() {
    this(Handlers.none());
  }

  /** Starts with these handlers; nobody listens yet, and nothing has been reloaded. */
  public void begin(Handlers initial) {
    current = initial;
  }

  /** The handlers now. */
  public Handlers current() {
    return current;
  }

  /** From now on {@code listener} is told of each change. */
  public void onChange(Listener listener) {
    listeners.add(listener);
  }

  /** Makes {@code next} the current handlers; called by the loader only, one call at a time. */
  void replace(Handlers next) {
    Handlers before = current;
    Set<HandlerSet> leaving = new LinkedHashSet<>(before.sets());
    next.sets().forEach(leaving::remove);
    if (!leaving.isEmpty()) {
      stop(Set.copyOf(leaving));
    }
    current = next;
    listeners.forEach(listener -> listener.changed(before, next));
  }

  private void stop(Set<HandlerSet> leaving) {
    List<CompletableFuture<?>> stopping = new ArrayList<>();
    listeners.forEach(listener -> stopping.add(listener.leaving(leaving)));
    try {
      CompletableFuture.allOf(stopping.toArray(new CompletableFuture<?>[0]))
          .get(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.warn(
          "{} did not stop within {}; the new version starts beside it", leaving, STOP_PATIENCE);
    } catch (ExecutionException e) {
      LOG.warn("{} did not stop well", leaving, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The box ends, and everything in it by itself.
    }
  }
}
