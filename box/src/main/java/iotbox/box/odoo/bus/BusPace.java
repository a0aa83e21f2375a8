package iotbox.box.odoo.bus;

import java.time.Duration;

/**
 * How often the bus does things.
 *
 * @param ping between two questions whether the other end is still there; a connection that did not
 *     answer the last one is given up, so a dead one is noticed after two
 * @param retryFirst pause after a first failure
 * @param retryLongest pause after many, from the begin of one attempt to that of the next: also how
 *     late a returning server is noticed
 * @param handshake how long an attempt may take
 * @param settle how long a box that was just accepted waits for its first devices: what the server
 *     has kept for them comes at once, and would find none
 */
record BusPace(
    Duration ping,
    Duration retryFirst,
    Duration retryLongest,
    Duration handshake,
    Duration settle) {
  static final BusPace NORMAL =
      new BusPace(
          Duration.ofSeconds(20),
          Duration.ofMillis(500),
          Duration.ofSeconds(10),
          Duration.ofSeconds(12),
          Duration.ofSeconds(3));
}
