package iotbox.box.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.odoo.wire.JsonRpc;
import iotbox.box.odoo.wire.OdooClient;
import iotbox.box.odoo.wire.OdooException;
import iotbox.box.odoo.wire.OdooException.Kind;
import iotbox.box.odoo.wire.OdooServer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service that issues certificates to the boxes of paying databases (protocol section 1.5,
 * {@code x509}), and what the database is told of them. Its calls block; {@link OdooLink} tells it
 * of the pairing on another thread.
 */
public final class CertificateService implements LinkListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateService.class);
  private static final String STATUS = "/iot/box/update_certificate_status";
  private static final DateTimeFormatter ODOO_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private final OdooServer service;
  private final String identifier;
  private final BooleanSupplier connected;

  private final AtomicInteger pairings = new AtomicInteger();
  private volatile Customer customer;

  /** What the database was told; used by the caller of {@link #report} only. */
  private Told told;

  private record Customer(Pairing pairing, OdooServer server) {}

  private record Told(OdooServer server, Instant until) {}

  /**
   * What the service gives.
   *
   * @param subject such as {@code *.abc.odoo-iot.com}
   * @param certificates in PEM
   * @param key in PEM; secret
   */
  public record Issued(String subject, String certificates, String key) {
    /** Without the key. */
    @Override
    public String toString() {
      return "Issued[" + subject + "]";
    }
  }

  /** The service gives none; the message says why. */
  public static final class NotIssuedException extends Exception {
    private static final long serialVersionUID = 1L;

    NotIssuedException(String message) {
      super(message);
    }
  }

  /**
   * @param connected whether the database knows the box now
   */
  CertificateService(OdooClient client, String url, String identifier, BooleanSupplier connected) {
    this.service = new OdooServer(client, url, null);
    this.identifier = identifier;
    this.connected = connected;
  }

  /** Certificates for the database that this link is paired with; before it starts. */
  public static CertificateService of(
      String url, String identifier, OdooClient client, OdooLink link) {
    CertificateService service =
        new CertificateService(
            client, url, identifier, () -> link.status().state() == OdooStatus.State.CONNECTED);
    link.tell(service);
    return service;
  }

  /** The database that is entitled to a certificate, or {@code null} while there is none. */
  public String owner() {
    Customer present = customer;
    return present == null ? null : present.pairing().dbUuid();
  }

  /** How often the pairing has changed. */
  public int pairings() {
    return pairings.get();
  }

  /** Asks for a certificate. */
  public Issued issue() throws NotIssuedException {
    Customer present = customer;
    if (present == null) {
      throw new NotIssuedException("The box was unpaired meanwhile.");
    }
    Pairing pairing = present.pairing();
    Map<String, String> params = new LinkedHashMap<>();
    params.put("db_uuid", pairing.dbUuid());
    params.put("enterprise_code", pairing.enterpriseCode());
    try {
      JsonNode result = service.json("", params);
      if (result.path("error").isTextual()) {
        throw new NotIssuedException(
            "It says: " + pairing.withoutSecrets(JsonRpc.message(result.path("error"))) + ".");
      }
      String subject = result.path("subject_cn").asText("");
      String certificates = result.path("x509_pem").asText("");
      String key = result.path("private_key_pem").asText("");
      if (!subject.matches("\\*(\\.[A-Za-z0-9-]+)+") || certificates.isBlank() || key.isBlank()) {
        throw new NotIssuedException(
            "It answered none. Is the database's subscription valid, and does it include IoT?");
      }
      return new Issued(subject, certificates, key);
    } catch (OdooException e) {
      throw new NotIssuedException(pairing.withoutSecrets(e.getMessage()));
    }
  }

  /** Tells the database how long the certificate lasts, unless it knows. */
  public void report(Instant until) {
    Customer present = customer;
    if (present == null || !connected.getAsBoolean()) {
      return;
    }
    Told news = new Told(present.server(), until);
    if (news.equals(told)) {
      return;
    }
    try {
      present
          .server()
          .json(
              STATUS,
              Map.of(
                  "identifier", identifier, "ssl_certificate_end_date", ODOO_TIME.format(until)));
      told = news;
    } catch (OdooException e) {
      LOG.debug("The database cannot be told of the certificate: {}", e.getMessage());
      if (e.kind() == Kind.BAD_ANSWER) {
        told = news; // Older servers do not want to know.
      }
    }
  }

  @Override
  public void pairedWith(Pairing pairing, OdooServer server) {
    boolean entitled = pairing.enterpriseCode() != null && pairing.dbUuid() != null;
    customer = entitled ? new Customer(pairing, server) : null;
    pairings.incrementAndGet();
  }

  @Override
  public void unpaired() {
    customer = null;
    pairings.incrementAndGet();
  }

  /** Ends the running call; none starts after it. */
  @Override
  public void close() {
    service.close();
  }
}
