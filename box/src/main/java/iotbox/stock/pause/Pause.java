package iotbox.stock.display;

import java.time.Duration;

/** Pauses that grow with each failure, and begin anew after a success. */
final class Pause {
  private final Duration first;
  private final Duration longest;
  private Duration next;

  Pause(Duration first, Duration longest) {
    this.first = first;
    this.longest = longest;
    this.next = first;
  }

  /** How long to wait after one more failure. */
  Duration grow() {
    Duration pause = next;
    Duration twice = next.multipliedBy(2);
    next = twice.compareTo(longest) > 0 ? longest : twice;
    return pause;
  }

  void reset() {
    next = first;
  }
}
