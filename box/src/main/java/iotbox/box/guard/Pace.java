package iotbox.box.guard;

import java.time.Duration;

/**
 * How patient the box is with handlers that fail; tests have less time.
 *
 * @param retry between two questions to an interface or a driver that failed, or two openings of a
 *     device
 * @param hanging for which a driver that did not answer in time is not asked about any device
 * @param restart between the end of a driver's loop by an exception and its next start
 * @param well how long a loop must run until its earlier deaths are forgotten
 * @param deaf how long a device waits for an action that reacts to nothing until it is opened anew
 */
public record Pace(Pauses retry, Pauses hanging, Pauses restart, Duration well, Duration deaf) {
  static final Pace NORMAL =
      new Pace(
          new Pauses(Duration.ofSeconds(3), Duration.ofMinutes(5), 3),
          new Pauses(Duration.ofSeconds(15), Duration.ofMinutes(5), 1),
          new Pauses(Duration.ofSeconds(1), Duration.ofMinutes(1), 3),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1));

  /**
   * The first is short, each next one twice as long.
   *
   * @param tolerated with more faults in a row than these it is a quarantine
   */
  public record Pauses(Duration first, Duration longest, int tolerated) {
    private static final int MOST_DOUBLINGS = 20;

    /** After so many faults in a row. */
    public Duration after(int faults) {
      Duration pause = first.multipliedBy(1L << Math.min(faults - 1, MOST_DOUBLINGS));
      return pause.compareTo(longest) > 0 ? longest : pause;
    }
  }
}
