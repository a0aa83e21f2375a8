package iotbox.box.demo;

import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** A shop's scale up to 6 kg in steps of 2 g, with customers who put things on it and leave. */
final class SimulatedScale implements Instrument {
  private static final double DIVISION = 0.002;
  private static final double HEAVIEST = 5.5;

  private final Steps load;
  private double tare;

  SimulatedScale(LongSupplier nanoTime, RandomGenerator random) {
    load =
        new Steps(
            nanoTime,
            random,
            () -> random.nextInt(3) == 0 ? 0 : rounded(random.nextDouble(0.05, HEAVIEST)));
  }

  @Override
  public synchronized String answer(String line) {
    return switch (line) {
      case "*IDN?" -> "Benchworks,Counter Scale 6,BW-S-1041,1.2";
      case "WEIGHT?" -> state() + " " + Instrument.number(3, rounded(load.value()) - tare) + " kg";
      case "TARE" -> tare();
      case "CLEAR" -> clear();
      default -> Instrument.unknown(line);
    };
  }

  private String state() {
    return load.isSettled(DIVISION / 2) ? "S" : "D";
  }

  private String tare() {
    if (!load.isSettled(DIVISION / 2)) {
      return "ERR in motion";
    }
    tare = rounded(load.value());
    return "OK";
  }

  private String clear() {
    tare = 0;
    return "OK";
  }

  private static double rounded(double kilograms) {
    return Math.round(kilograms / DIVISION) * DIVISION;
  }
}
