package iotbox.box.demo;

import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** A caliper of 150 mm with which somebody measures one part after the other. */
final class SimulatedCaliper implements Instrument {
  private static final double MILLIMETRES_PER_INCH = 25.4;

  private final Steps opening;
  private double origin;
  private boolean inches;

  SimulatedCaliper(LongSupplier nanoTime, RandomGenerator random) {
    opening = new Steps(nanoTime, random, () -> random.nextDouble(2, 150));
  }

  @Override
  public synchronized String answer(String line) {
    return switch (line) {
      case "*IDN?" -> "Benchworks,Caliper 150,BW-C-2203,1.0";
      case "MEAS?" -> measure();
      case "ZERO" -> zero();
      case "UNIT mm" -> unit(false);
      case "UNIT in" -> unit(true);
      default -> Instrument.unknown(line);
    };
  }

  private String measure() {
    double millimetres = opening.value() - origin;
    return inches
        ? Instrument.number(4, millimetres / MILLIMETRES_PER_INCH) + " in"
        : Instrument.number(2, millimetres) + " mm";
  }

  private String zero() {
    origin = opening.value();
    return "OK";
  }

  private String unit(boolean newInches) {
    inches = newInches;
    return "OK";
  }
}
