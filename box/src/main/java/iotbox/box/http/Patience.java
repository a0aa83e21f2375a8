package iotbox.box.http;

import java.time.Duration;

/**
 * How long requests are held when nothing comes.
 *
 * @param poll a long poll; clients give up at 60 s
 * @param scanner a point of sale that waits for a barcode
 */
record Patience(Duration poll, Duration scanner) {
  static final Patience USUAL = new Patience(Duration.ofSeconds(50), Duration.ofSeconds(55));
}
