package iotbox.box.odoo;

import java.time.Duration;

/**
 * How long a change waits for others, so that many are told at once: until nothing changes for a
 * moment, but not longer than three such moments after the first change. Used on one thread.
 */
final class Gathering {
  private static final int MOST_MOMENTS = 3;

  private final long momentNanos;
  private long firstNanos;
  private boolean waiting;

  Gathering(Duration moment) {
    this.momentNanos = moment.toNanos();
  }

  /**
   * Something has changed.
   *
   * @param now {@code System.nanoTime()}
   * @return how long to wait from now on, instead of what was answered before
   */
  Duration changed(long now) {
    if (!waiting) {
      waiting = true;
      firstNanos = now;
    }
    long left = MOST_MOMENTS * momentNanos - (now - firstNanos);
    return Duration.ofNanos(Math.max(0, Math.min(momentNanos, left)));
  }

  /** All changes up to now are being told. */
  void told() {
    waiting = false;
  }
}
