package iotbox.box.certificate;

import java.time.Clock;
import java.time.Duration;

/** When a certificate is to be replaced. */
final class Renewal {
  private static final Duration BEFORE_THE_END = Duration.ofDays(10);

  private Renewal() {}

  static boolean isDue(BoxCertificate certificate, Clock clock) {
    return !clock.instant().isBefore(certificate.until().minus(BEFORE_THE_END));
  }
}
