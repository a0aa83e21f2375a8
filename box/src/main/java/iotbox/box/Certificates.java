package iotbox.box;

import iotbox.box.certificate.CertificateKeeper;
import iotbox.box.host.HostNetwork;
import iotbox.box.http.BoxServer;
import iotbox.box.http.part.HttpsView;
import iotbox.box.odoo.CertificateService;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/** Has HTTPS served with the best certificate that there is, if HTTPS is wanted. */
final class Certificates {
  private final Https https;
  private final Optional<CertificateKeeper> keeper;

  /**
   * @param service gives the one that issues certificates, or {@code null}
   */
  Certificates(Foundation base, Https https, Supplier<CertificateService> service) {
    this.https = https;
    this.keeper = https.wanted() ? Optional.of(keeper(base, service.get())) : Optional.empty();
  }

  private static CertificateKeeper keeper(Foundation base, CertificateService service) {
    return base.parts()
        .started(
            new CertificateKeeper(
                new CertificateKeeper.Sources(
                    base.data(),
                    base.options().certificate(),
                    base.options().certificateKey(),
                    service,
                    base.identity().hostname(),
                    HostNetwork::addresses),
                Clock.systemUTC(),
                CertificateKeeper.Pace.NORMAL,
                base.threads()));
  }

  /** How HTTPS is served now, or {@code null} if it is not wanted; on any thread. */
  HttpsView view() {
    return keeper.map(https::view).orElse(null);
  }

  /**
   * Begins to look after them, when HTTP is served.
   *
   * @param changed is called whenever another one is served, and so perhaps at another address
   */
  void start(BoxServer server, Runnable changed) {
    keeper.ifPresent(
        each ->
            each.start(
                certificate -> {
                  https.serve(server, certificate);
                  changed.run();
                }));
  }
}
