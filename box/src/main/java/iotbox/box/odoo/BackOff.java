package iotbox.box.odoo;

import iotbox.stock.pause.Pause;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Pauses between attempts: the first is short, each next one twice as long, up to a limit. Each is
 * shortened by up to a quarter at random, so that the boxes of a shop do not come back in step.
 */
public final class BackOff {
  private final Pause pause;

  public BackOff(Duration first, Duration longest) {
    this.pause = new Pause(first, longest);
  }

  public Duration next() {
    Duration whole = pause.grow();
    return whole.minusNanos(ThreadLocalRandom.current().nextLong(whole.toNanos() / 4 + 1));
  }

  public void reset() {
    pause.reset();
  }
}
