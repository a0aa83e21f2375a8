package iotbox.box.certificate;

import iotbox.box.certificate.BoxCertificate.Origin;
import iotbox.box.odoo.CertificateService;
import iotbox.box.odoo.CertificateService.Issued;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate from Odoo's service, for as long as the box belongs to a database that is
 * entitled to one. Kept over restarts, and asked for again ten days before it ends; while the
 * service fails the present one stays.
 */
final class IssuedCertificate {
  private static final Logger LOG = LoggerFactory.getLogger(IssuedCertificate.class);
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private final PemFile file;
  private final CertificateService service;
  private final Clock clock;
  private PemFile.Kept kept;
  private boolean looked;
  private int pairing;
  private Duration pause = FIRST_PAUSE;
  private Instant nextAttempt = Instant.MIN;
  private String problem;

  IssuedCertificate(Path folder, CertificateService service, Clock clock) {
    this.file = new PemFile(folder.resolve("certificate.pem"), Origin.ISSUED);
    this.service = service;
    this.clock = clock;
  }

  /** The present one; may wait for the service. */
  Optional<BoxCertificate> current() {
    String owner = service.owner();
    if (owner == null) {
      problem = null;
      return Optional.empty();
    }
    if (!looked) {
      looked = true;
      kept = file.read().orElse(null);
    }
    if (service.pairings() != pairing) {
      pairing = service.pairings();
      nextAttempt = Instant.MIN; // Another pairing is another question.
    }
    if (!isFor(owner) || Renewal.isDue(kept.certificate(), clock)) {
      renew(owner);
    }
    return isFor(owner) ? Optional.of(kept.certificate()) : Optional.empty();
  }

  /** Why there is none, or no newer one; or {@code null}. */
  String problem() {
    return problem;
  }

  private boolean isFor(String owner) {
    return kept != null && owner.equals(kept.owner());
  }

  private void renew(String owner) {
    if (clock.instant().isBefore(nextAttempt)) {
      return;
    }
    try {
      Issued issued = service.issue();
      BoxCertificate certificate =
          Pem.read(Origin.ISSUED, issued.subject(), issued.certificates(), issued.key());
      file.write(owner, issued.subject(), issued.certificates(), issued.key());
      kept = new PemFile.Kept(owner, certificate);
      problem = null;
      pause = FIRST_PAUSE;
      nextAttempt = Instant.MIN;
      LOG.info("Odoo issued a certificate for {} until {}", issued.subject(), certificate.until());
      if (Renewal.isDue(certificate, clock)) {
        throw new BadCertificateException("It ends already on " + certificate.until() + ".");
      }
    } catch (CertificateService.NotIssuedException | BadCertificateException e) {
      problem = "Odoo's service issued no usable certificate: " + e.getMessage();
      LOG.warn("{} The box asks again in {} min", problem, pause.toMinutes());
      nextAttempt = clock.instant().plus(pause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
              ? LONGEST_PAUSE
              : pause.multipliedBy(2);
    }
  }
}
