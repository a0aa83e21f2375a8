package iotbox.box.http.limit;

import java.time.Duration;

/**
 * How much the box gives to its clients.
 *
 * @param connections in all; more are refused, and who is idle goes before that
 * @param connectionsOfOne from one address, but not from the machine itself. Far more than one
 *     browser opens: a whole shop may come by the one address of its router
 * @param held requests that wait for an event at the same time; fewer than connections, so that the
 *     homepage can be opened even then
 * @param bodyMemory bytes for the bodies of all requests that are at work or held
 * @param patience for a request's head, for each {@link Bounds#LEAST_PROGRESS} bytes of a body, and
 *     for each megabyte of an answer
 */
public record Bounds(
    int connections, int connectionsOfOne, int held, long bodyMemory, Duration patience) {

  /** The longest body: a printed page or a receipt's picture fits, several times. */
  public static final long MAX_BODY = 25L << 20;

  /** A client must send this much of a body within the patience, or all that is left. */
  public static final int LEAST_PROGRESS = 64 << 10;

  private static final int MOST_CONNECTIONS = 12_000;
  private static final int MOST_OF_ONE = 2_500;

  /** For files, devices, Odoo and the JVM itself. */
  private static final int OTHER_DESCRIPTORS = 200;

  private static final int FEWEST_CONNECTIONS = 100;

  /** A part of the heap, but enough for the longest body. */
  private static final int PART_OF_HEAP = 4;

  /** What this machine can bear. */
  public static Bounds usual() {
    return of(Descriptors.limit(), Runtime.getRuntime().maxMemory());
  }

  /**
   * @param descriptors that this process may have
   * @param heap in bytes
   */
  static Bounds of(int descriptors, long heap) {
    int free = descriptors - OTHER_DESCRIPTORS;
    int connections = Math.max(FEWEST_CONNECTIONS, Math.min(MOST_CONNECTIONS, free));
    return new Bounds(
        connections,
        Math.min(MOST_OF_ONE, connections / 2),
        connections - connections / 12,
        Math.max(2 * MAX_BODY, heap / PART_OF_HEAP),
        Duration.ofSeconds(10));
  }
}
