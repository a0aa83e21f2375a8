package iotbox.box.odoo;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Pauses between attempts: the first is short, each next one twice as long, up to a limit. Each is
 * shortened by up to a quarter at random, so that the boxes of a shop do not come back in step.
 */
public final class BackOff {
  private final Duration first;
  private final Duration longest;
  private Duration next;

  public BackOff(Duration first, Duration longest) {
    this.first = first;
    this.longest = longest;
    this.next = first;
  }

  public Duration next() {
    Duration pause = next;
    next = next.multipliedBy(2).compareTo(longest) > 0 ? longest : next.multipliedBy(2);
    return pause.minusNanos(ThreadLocalRandom.current().nextLong(pause.toNanos() / 4 + 1));
  }

  public void reset() {
    next = first;
  }
}
