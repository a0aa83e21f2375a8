package iotbox.box.demo;

import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * A value that rests, then moves to another one and settles there: goods on a scale, the jaws of a
 * caliper. Safe for several threads.
 */
final class Steps {
  private static final double SECOND = 1e9;

  /** Short, so that whoever starts the demonstration soon sees something move. */
  private static final long FIRST_REST = 2_000_000_000L;

  private static final double SHORTEST_REST = 5;
  private static final double LONGEST_REST = 10;

  /** In each such time the distance to the target becomes a third, about. */
  private static final double INERTIA = 0.3;

  private final LongSupplier nanoTime;
  private final RandomGenerator random;
  private final DoubleSupplier targets;

  // Guarded by this.
  private double from;
  private double target;
  private long stepped;
  private long nextStep;

  /**
   * @param nanoTime the time, such as {@code System::nanoTime}
   * @param targets where to go next
   */
  Steps(LongSupplier nanoTime, RandomGenerator random, DoubleSupplier targets) {
    this.nanoTime = nanoTime;
    this.random = random;
    this.targets = targets;
    stepped = nanoTime.getAsLong();
    nextStep = stepped + FIRST_REST;
  }

  /** The value now. */
  synchronized double value() {
    long now = nanoTime.getAsLong();
    while (now - nextStep >= 0) {
      from = at(nextStep);
      target = targets.getAsDouble();
      stepped = nextStep;
      nextStep += rest();
    }
    return at(now);
  }

  /** Whether the value is closer to where it goes than this. */
  synchronized boolean isSettled(double within) {
    return Math.abs(value() - target) <= within;
  }

  private double at(long time) {
    return target + (from - target) * Math.exp(-(time - stepped) / SECOND / INERTIA);
  }

  private long rest() {
    return (long) (random.nextDouble(SHORTEST_REST, LONGEST_REST) * SECOND);
  }
}
