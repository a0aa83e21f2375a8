package iotbox.box;

import iotbox.box.certificate.BoxCertificate;
import iotbox.box.certificate.CertificateKeeper;
import iotbox.box.http.BoxServer;
import iotbox.box.http.HttpsDoor;
import iotbox.box.http.PortRefusedException;
import iotbox.box.http.part.HttpsView;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the HTTPS port with the first certificate, swaps later ones in, and knows by which address
 * browsers reach the box thereby. Certificates come on one thread; others look.
 */
final class Https {
  private static final Logger LOG = LoggerFactory.getLogger(Https.class);
  private static final String NOT_SERVED = "HTTPS is not served: ";

  private final String bind;
  private final List<Integer> ports;
  private final Supplier<String> ip;
  private final char[] password =
      new BigInteger(130, new SecureRandom()).toString(32).toCharArray();

  private HttpsDoor door;
  private volatile Served served;
  private volatile String problem;

  /** What is served, with the port's place in the list of wanted ones. */
  private record Served(
      int port, boolean asWanted, BoxCertificate certificate, Set<String> names) {}

  /**
   * @param ports those to try, in this order; none if HTTPS is not wanted
   * @param ip the address of this host, at any moment
   */
  Https(String bind, List<Integer> ports, Supplier<String> ip) {
    this.bind = bind;
    this.ports = ports;
    this.ip = ip;
  }

  boolean wanted() {
    return !ports.isEmpty();
  }

  /**
   * What Odoo tells browsers: the domain of the certificate, or the plain address. Pages ask at the
   * usual port, so a domain is of no use where another had to be taken.
   */
  String address() {
    String domain = domain();
    return domain == null ? ip.get() : domain;
  }

  private String domain() {
    Served now = served;
    return now == null || !now.asWanted() ? null : now.certificate().domain(ip.get());
  }

  /** The names that the served certificate is for, {@code *.} before some; none without HTTPS. */
  Set<String> names() {
    Served now = served;
    return now == null ? Set.of() : now.names();
  }

  HttpsView view(CertificateKeeper certificates) {
    String trouble = certificates.problem();
    Served now = served;
    if (now == null) {
      return new HttpsView(null, null, null, null, problem == null ? trouble : problem);
    }
    return new HttpsView(
        now.port(),
        now.certificate().origin().word(),
        domain(),
        now.certificate().until(),
        trouble == null ? problem : trouble);
  }

  /** Serves with this certificate from now on. */
  void serve(BoxServer server, BoxCertificate certificate) {
    if (door == null) {
      door = open(server, certificate);
    } else {
      door.renew(certificate.keyStore(password), password);
    }
    boolean asWanted = ports.get(0) == 0 || door.port() == ports.get(0);
    served = new Served(door.port(), asWanted, certificate, certificate.names());
    LOG.info(
        "HTTPS is served on port {}, certificate: {}, until {}",
        door.port(),
        certificate.origin().word(),
        certificate.until());
  }

  private HttpsDoor open(BoxServer server, BoxCertificate certificate) {
    PortRefusedException refusal = null;
    for (int port : ports) {
      try {
        HttpsDoor opened = server.serveHttps(bind, port, certificate.keyStore(password), password);
        problem =
            refusal == null
                ? null
                : refusal.getMessage()
                    + " HTTPS is served on port "
                    + port
                    + " meanwhile, which"
                    + " Odoo's pages do not try by themselves.";
        return opened;
      } catch (PortRefusedException e) {
        refusal = refusal == null ? e : refusal;
      }
    }
    String why = NOT_SERVED + refusal.getMessage();
    if (!why.equals(problem)) {
      LOG.warn("{}", why);
    }
    problem = why;
    throw new IllegalStateException(why);
  }
}
