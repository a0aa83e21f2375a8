package iotbox.box.certificate;

import iotbox.box.odoo.CertificateService;
import iotbox.box.thread.BoxThreads;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the box always has the best certificate: a person's own, else the one that Odoo
 * issued, else one that the box made. Works on a thread of its own, since keys take long to make
 * and services long to answer.
 */
public final class CertificateKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateKeeper.class);

  private final OwnPair own;
  private final IssuedCertificate issued;
  private final SelfSigned selfSigned;
  private final CertificateService service;
  private final Pace pace;
  private final ScheduledExecutorService thread;

  /** Used on the thread only. */
  private BoxCertificate present;

  private volatile String problem;

  /**
   * Where the certificates are from.
   *
   * @param folder for what the box keeps
   * @param certificate a person's own, or {@code null}
   * @param key belongs to {@code certificate}
   * @param service that issues certificates, or {@code null} for none
   * @param hostname of this machine
   * @param addresses of this machine, at any moment
   */
  public record Sources(
      Path folder,
      Path certificate,
      Path key,
      CertificateService service,
      String hostname,
      Supplier<List<String>> addresses) {}

  /**
   * How often the keeper looks.
   *
   * @param delay before it first does: the box has more urgent work when it starts
   * @param watch between two looks
   */
  public record Pace(Duration delay, Duration watch) {
    public static final Pace NORMAL = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(5));
  }

  public CertificateKeeper(Sources sources, Clock clock, Pace pace, BoxThreads threads) {
    this.own =
        sources.certificate() == null ? null : new OwnPair(sources.certificate(), sources.key());
    this.service = sources.service();
    this.issued = service == null ? null : new IssuedCertificate(sources.folder(), service, clock);
    this.selfSigned =
        new SelfSigned(sources.folder(), sources.hostname(), sources.addresses(), clock);
    this.pace = pace;
    this.thread = threads.single("certificate");
  }

  /**
   * Begins to look after the certificate.
   *
   * @param served is given each new certificate, on the keeper's thread; one that it throws at is
   *     offered again
   */
  public void start(Consumer<BoxCertificate> served) {
    thread.scheduleWithFixedDelay(
        () -> look(served),
        pace.delay().toMillis(),
        pace.watch().toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** What is wrong and what to do, or {@code null}; on any thread. */
  public String problem() {
    return problem;
  }

  @Override
  public void close() {
    if (service != null) {
      service.close();
    }
    thread.shutdownNow();
  }

  private void look(Consumer<BoxCertificate> served) {
    try {
      BoxCertificate best = best();
      problem = problems();
      if (!best.sameAs(present)) {
        served.accept(best);
        present = best;
      }
      if (service != null && best.origin() == BoxCertificate.Origin.ISSUED) {
        service.report(best.until());
      }
    } catch (BadCertificateException | RuntimeException e) {
      String why = "HTTPS has no certificate: " + e.getMessage();
      if (!why.equals(problem)) {
        LOG.warn("{}", why, e);
      }
      problem = why;
    }
  }

  private BoxCertificate best() throws BadCertificateException {
    Optional<BoxCertificate> best = own == null ? Optional.empty() : own.current();
    if (best.isEmpty() && own == null && issued != null) {
      best = issued.current();
    }
    return best.isPresent() ? best.get() : selfSigned.current();
  }

  private String problems() {
    String text =
        Stream.of(own == null ? null : own.problem(), issued == null ? null : issued.problem())
            .filter(Objects::nonNull)
            .collect(Collectors.joining(" "));
    return text.isEmpty() ? null : text;
  }
}
