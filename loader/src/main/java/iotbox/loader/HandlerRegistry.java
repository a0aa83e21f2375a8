package iotbox.loader;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/**
 * Holds the current {@link Handlers} and tells the box when they are replaced. Reading never waits;
 * the snapshot is swapped in one step by {@link HandlerLoader}.
 */
public final class HandlerRegistry {
  private final List<BiConsumer<Handlers, Handlers>> listeners = new CopyOnWriteArrayList<>();
  private volatile Handlers current;

  /** A registry that starts with these handlers. */
  public HandlerRegistry(Handlers initial) {
    this.current = initial;
  }

  /** The handlers now. */
  public Handlers current() {
    return current;
  }

  /**
   * From now on {@code listener} is told (before, after) of each change, on the thread that
   * reloads, one change at a time.
   */
  public void onChange(BiConsumer<Handlers, Handlers> listener) {
    listeners.add(listener);
  }

  /** Swaps the snapshot; called by the loader only, which does so one at a time. */
  void replace(Handlers next) {
    Handlers before = current;
    current = next;
    listeners.forEach(listener -> listener.accept(before, next));
  }
}
