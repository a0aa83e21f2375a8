package iotbox.box.odoo;

import java.time.Duration;

/**
 * How often things are done.
 *
 * @param settle how long a change of devices waits for others, see {@link Gathering}
 * @param watch between two looks at what Odoo should know (the box's address has no event)
 * @param retryFirst pause after a first failure
 * @param retryLongest pause after many: also how late a returning server is noticed
 * @param refused pause after a refusal: only a person can change that
 * @param heartbeat between two questions whether the server is still there
 * @param handlers between two questions whether there are newer handlers; zero: never by itself
 */
record Pace(
    Duration settle,
    Duration watch,
    Duration retryFirst,
    Duration retryLongest,
    Duration refused,
    Duration heartbeat,
    Duration handlers) {

  static final Pace NORMAL =
      new Pace(
          Duration.ofMillis(250),
          Duration.ofSeconds(3),
          Duration.ofMillis(500),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60));

  /** The usual pace, with another one for handlers. */
  static Pace normal(Duration handlers) {
    return new Pace(
        NORMAL.settle,
        NORMAL.watch,
        NORMAL.retryFirst,
        NORMAL.retryLongest,
        NORMAL.refused,
        NORMAL.heartbeat,
        handlers);
  }
}
