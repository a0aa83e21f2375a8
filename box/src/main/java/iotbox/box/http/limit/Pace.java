package iotbox.box.http.limit;

import java.time.Duration;

/**
 * Whether bytes move fast enough: {@link Bounds#LEAST_PROGRESS} in each stretch of time. Used by
 * one thread at a time.
 */
final class Pace {
  private final long stretchNanos;
  private long since = System.nanoTime();
  private long moved;

  Pace(Duration stretch) {
    stretchNanos = stretch.toNanos();
  }

  void moved(long bytes) {
    moved += bytes;
  }

  /** To be asked whenever something has moved. */
  boolean isTooSlow() {
    long now = System.nanoTime();
    if (now - since < stretchNanos) {
      return false;
    }
    boolean slow = moved < Bounds.LEAST_PROGRESS;
    since = now;
    moved = 0;
    return slow;
  }
}
