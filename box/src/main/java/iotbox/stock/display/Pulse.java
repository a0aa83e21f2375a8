package iotbox.stock.display;

import java.time.Duration;

/**
 * Whether a browser is still at it. One that hangs does not end, and says nothing; so one that has
 * said nothing for long is asked something, and is taken for lost if no answer comes.
 *
 * <p>For one thread. Times are those of {@link System#nanoTime}.
 */
final class Pulse {
  private final Patience patience;
  private long heardAt;
  private Long askedAt;

  /**
   * How long it may take its time.
   *
   * @param silence after which it is asked
   * @param answer after which it is taken for lost
   */
  record Patience(Duration silence, Duration answer) {
    /**
     * Idle displays cost two small messages in half a minute; ten seconds are longer than a small
     * machine needs to build up a large page.
     */
    static final Patience USUAL = new Patience(Duration.ofSeconds(30), Duration.ofSeconds(10));
  }

  Pulse(Patience patience, long now) {
    this.patience = patience;
    this.heardAt = now;
  }

  /** It said something. */
  void heard(long now) {
    heardAt = now;
  }

  /** Whether it should be asked. */
  boolean isDue(long now) {
    return askedAt == null && now - heardAt >= patience.silence.toNanos();
  }

  /** It was asked; another question while one is open gives it no more time. */
  void asked(long now) {
    if (askedAt == null) {
      askedAt = now;
    }
  }

  /** It has answered what it was asked. */
  void answered() {
    askedAt = null;
  }

  /** Whether it owes an answer for too long. */
  boolean isLost(long now) {
    return askedAt != null && now - askedAt >= patience.answer.toNanos();
  }
}
