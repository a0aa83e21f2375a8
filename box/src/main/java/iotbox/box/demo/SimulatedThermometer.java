package iotbox.box.demo;

import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** A thermometer in a room that warms and cools within a few minutes. */
final class SimulatedThermometer implements Instrument {
  private static final double SECOND = 1e9;
  private static final double MEAN = 21.4;
  private static final double SWING = 1.6;
  private static final double PERIOD_SECONDS = 240;
  private static final double NOISE = 0.02;
  private static final double LARGEST_CORRECTION = 10;

  private final LongSupplier nanoTime;
  private final RandomGenerator random;
  private final long start;
  private double correction;

  SimulatedThermometer(LongSupplier nanoTime, RandomGenerator random) {
    this.nanoTime = nanoTime;
    this.random = random;
    start = nanoTime.getAsLong();
  }

  @Override
  public synchronized String answer(String line) {
    if (line.startsWith("CAL ")) {
      return correct(line.substring("CAL ".length()));
    }
    return switch (line) {
      case "*IDN?" -> "Benchworks,Thermometer 2,BW-T-3310,2.1";
      case "TEMP?" -> Instrument.number(2, celsius()) + " C";
      default -> Instrument.unknown(line);
    };
  }

  private double celsius() {
    double seconds = (nanoTime.getAsLong() - start) / SECOND;
    double swing = SWING * Math.sin(2 * Math.PI * seconds / PERIOD_SECONDS);
    return MEAN + swing + NOISE * random.nextGaussian() + correction;
  }

  private String correct(String by) {
    try {
      double corrected = correction + Double.parseDouble(by);
      if (!(Math.abs(corrected) <= LARGEST_CORRECTION)) {
        return "ERR correction out of range";
      }
      correction = corrected;
      return "OK";
    } catch (NumberFormatException e) {
      return "ERR not a number: " + by;
    }
  }
}
