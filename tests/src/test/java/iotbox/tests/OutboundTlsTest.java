package iotbox.tests;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.odoo.FaultyNetwork;
import iotbox.box.odoo.bus.BusStandIn;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A box whose Odoo is on HTTPS, and the certificates that it believes. */
class OutboundTlsTest {
  private static final String PASSWORD = "changeit";
  private static final Duration RECOVERY = Duration.ofSeconds(15);

  @TempDir private Path folder;
  private final OdooStandIn odoo = OdooStandIn.start("19.0").serving(TestHandlers.bench());
  private final BusStandIn bus = OdooWithBus.inFrontOf(odoo, 0);
  private final FaultyNetwork network = new FaultyNetwork(bus.port());

  @BeforeEach
  void secure() {
    network.secureWith(context(new HeldCertificate.Builder().commonName("nobody").build()));
  }

  @AfterEach
  void end() {
    network.close();
    bus.close();
    odoo.close();
  }

  @Test
  void whoeverCannotProveToBeOdooGetsNothing() {
    try (BoxProcess box = BoxProcess.start("--odoo", pairing())) {
      JsonNode state = awaitState(box, "unreachable");

      assertTrue(state.path("detail").asText().contains("is not trusted"), state.toString());
      assertFalse(state.path("insecure").asBoolean(true));
      assertEquals(List.of(), odoo.requests());
      assertEquals(List.of(), bus.handshakes());
    }
  }

  @Test
  void aLaboratoryMayBelieveAnybodyAndIsToldSo() {
    try (BoxProcess box = BoxProcess.start("--insecure-odoo", "--odoo", pairing())) {
      box.client().awaitDevice("bench1");
      await().atMost(RECOVERY).until(() -> bus.subscriptions().size() == 1);

      assertTrue(awaitState(box, "connected").path("insecure").asBoolean());
      assertTrue(box.stderr().contains("--insecure-odoo: any certificate is taken"), box.stderr());
    }
  }

  @Test
  void theServicesOfOdooComAreNotBelievedBlindlyEvenThen() {
    try (BoxProcess box =
        BoxProcess.start("--insecure-odoo", "--pairing-proxy", https() + "/connect-box")) {
      box.client()
          .awaitStatus(
              "no pairing code", now -> now.at("/odoo/detail").asText().contains("is not trusted"));
      assertEquals(List.of(), odoo.requests());
    }
  }

  /** As when the box's clock is an hour behind and the certificate new. */
  @Test
  void aCertificateThatIsNotValidYetIsRefusedAndTakenAsSoonAsItIs() throws Exception {
    HeldCertificate authority =
        new HeldCertificate.Builder().commonName("authority").certificateAuthority(1).build();
    Instant now = Instant.now();
    network.secureWith(context(server(authority, now.plusSeconds(3600))));
    try (BoxProcess box = BoxProcess.startWith(trusting(authority), "--odoo", pairing())) {
      JsonNode state = awaitState(box, "unreachable");
      assertTrue(state.path("detail").asText().contains("the box's clock"), state.toString());
      assertEquals(List.of(), odoo.requests());

      network.secureWith(context(server(authority, now.minusSeconds(3600))));
      await()
          .atMost(RECOVERY)
          .until(
              () ->
                  bus.connected() == 1
                      && box.client().status().at("/odoo/bus/connected").asBoolean());
      awaitState(box, "connected");
    }
  }

  private String https() {
    return "https://127.0.0.1:" + network.port();
  }

  private String pairing() {
    return OdooWithBus.pairing(odoo, https());
  }

  private static JsonNode awaitState(BoxProcess box, String state) {
    return box.client()
        .awaitStatus(state, now -> now.at("/odoo/state").asText().equals(state))
        .path("odoo");
  }

  private static HeldCertificate server(HeldCertificate authority, Instant from) {
    return new HeldCertificate.Builder()
        .addSubjectAlternativeName("127.0.0.1")
        .signedBy(authority)
        .validityInterval(from.toEpochMilli(), from.plus(Duration.ofDays(1)).toEpochMilli())
        .build();
  }

  private static SSLContext context(HeldCertificate certificate) {
    return new HandshakeCertificates.Builder().heldCertificate(certificate).build().sslContext();
  }

  /** Makes a Java believe this authority, and no other. */
  private List<String> trusting(HeldCertificate authority) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", authority.certificate());
    Path file = folder.resolve("trusted.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      trusted.store(out, PASSWORD.toCharArray());
    }
    return List.of(
        "-Djavax.net.ssl.trustStore=" + file, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
  }
}
