package iotbox.tests.bench;

import java.util.Arrays;
import java.util.Locale;

/** Measured values of one kind, in the order of their size. */
public final class Figures {
  private final double[] sorted;

  public Figures(double... values) {
    sorted = values.clone();
    Arrays.sort(sorted);
  }

  /** The value that {@code share} of all do not exceed: 0.5 is the median. */
  public double percentile(double share) {
    return sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
  }

  public double median() {
    return percentile(0.5);
  }

  /** Median and range, such as {@code 512 ms (480–560)}. */
  String millis() {
    return sorted.length == 1
        ? String.format(Locale.ROOT, "%.0f ms", sorted[0])
        : String.format(
            Locale.ROOT, "%.0f ms (%.0f–%.0f)", median(), sorted[0], sorted[sorted.length - 1]);
  }
}
