package iotbox.stock.pause;

import java.time.Duration;

/**
 * Pauses that grow with each failure, twice as long each time, and begin anew after a success. For
 * one thread at a time.
 */
public final class Pause {
  private final Duration first;
  private final Duration longest;
  private Duration next;

  public Pause(Duration first, Duration longest) {
    this.first = first;
    this.longest = longest;
    this.next = first;
  }

  /** How long to wait after one more failure. */
  public Duration grow() {
    Duration pause = next;
    Duration twice = next.multipliedBy(2);
    next = twice.compareTo(longest) > 0 ? longest : twice;
    return pause;
  }

  /** It went well. */
  public void reset() {
    next = first;
  }
}
