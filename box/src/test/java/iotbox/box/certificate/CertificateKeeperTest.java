package iotbox.box.certificate;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.certificate.BoxCertificate.Origin;
import iotbox.box.host.BoxIdentity;
import iotbox.box.odoo.CertificateService;
import iotbox.box.odoo.HandlerCache;
import iotbox.box.odoo.HandlerInstaller;
import iotbox.box.odoo.OdooLink;
import iotbox.box.odoo.OdooStatus.State;
import iotbox.box.odoo.pairing.CredentialStore;
import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.odoo.wire.OdooClient;
import iotbox.box.thread.BoxThreads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateKeeperTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final CertificateKeeper.Pace FAST =
      new CertificateKeeper.Pace(Duration.ZERO, Duration.ofMillis(20));

  @TempDir Path folder;
  private final List<BoxCertificate> served = new CopyOnWriteArrayList<>();
  private volatile Instant now = START;
  private volatile List<String> addresses = List.of("192.168.1.5");
  private OdooWithCertificates odoo;
  private Box box;

  @BeforeEach
  void start() throws Exception {
    odoo = new OdooWithCertificates();
  }

  @AfterEach
  void end() {
    if (box != null) {
      box.close();
    }
    odoo.close();
  }

  @Test
  void withoutAnythingElseTheBoxMakesACertificateForItsNamesAndAddresses() throws Exception {
    box = new Box(null, null);
    await().until(() -> served.size() == 1);
    BoxCertificate made = served.get(0);
    assertEquals(Origin.SELF_SIGNED, made.origin());
    assertEquals(
        List.of("127.0.0.1", "192.168.1.5", "localhost", "till", "till.local"),
        names(made.chain().get(0)));
    assertNull(made.domain("192.168.1.5"));
    assertNull(box.keeper.problem());
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(folder.resolve("self-signed.pem"))));
  }

  @Test
  void theOneThatTheBoxMadeLastsOverRestartsUntilItEndsOrTheAddressIsAnother() {
    box = new Box(null, null);
    await().until(() -> served.size() == 1);
    restart();
    await().until(() -> served.size() == 2);
    assertEquals(served.get(0).chain(), served.get(1).chain());

    addresses = List.of("192.168.1.6");
    await().until(() -> served.size() == 3);
    assertNotEquals(served.get(1).chain(), served.get(2).chain());

    now = served.get(2).until().minus(Duration.ofDays(9));
    await().until(() -> served.size() == 4);
    assertTrue(served.get(3).until().isAfter(now.plus(Duration.ofDays(700))));
  }

  @Test
  void aKeptOneThatIsDamagedIsReplaced() throws Exception {
    Files.writeString(folder.resolve("self-signed.pem"), "-----BEGIN nonsense");
    box = new Box(null, null);
    await().until(() -> served.size() == 1);
    assertEquals(Origin.SELF_SIGNED, served.get(0).origin());
  }

  @Test
  void anEntitledDatabaseGetsAnIssuedOneAndIsToldHowLongItLasts() throws Exception {
    HeldCertificate issued = odoo.issueUntil(START.plus(Duration.ofDays(90)));
    box = new Box(null, null);
    box.pair("uuid-1");
    await().until(() -> last().origin() == Origin.ISSUED);
    assertEquals(List.of(issued.certificate()), last().chain());
    assertEquals("192-168-1-5.abc.odoo-iot.com", last().domain("192.168.1.5"));
    assertTrue(odoo.asked.get(0).contains("\"db_uuid\":\"uuid-1\""), odoo.asked.get(0));
    assertTrue(odoo.asked.get(0).contains(OdooWithCertificates.CODE));
    await().until(() -> odoo.told.size() == 1);
    assertTrue(odoo.told.get(0).contains("\"identifier\":\"box-1\""), odoo.told.get(0));
    assertTrue(
        odoo.told.get(0).contains("\"ssl_certificate_end_date\":\"2027-02-20 10:00:00\""),
        odoo.told.get(0));

    // It is kept, so a restart asks for nothing.
    restart();
    await().until(() -> odoo.told.size() == 2);
    assertEquals(List.of(issued.certificate()), last().chain());
    assertEquals(1, odoo.asked.size());
    assertEquals(2, odoo.told.size());
  }

  @Test
  void anIssuedOneIsRenewedTenDaysBeforeItEnds() throws Exception {
    odoo.issueUntil(START.plus(Duration.ofDays(90)));
    box = new Box(null, null);
    box.pair("uuid-1");
    await().until(() -> last().origin() == Origin.ISSUED);
    HeldCertificate next = odoo.issueUntil(START.plus(Duration.ofDays(180)));

    now = START.plus(Duration.ofDays(80)).minusSeconds(1);
    settle();
    assertEquals(1, odoo.asked.size());
    now = START.plus(Duration.ofDays(80));
    await().until(() -> last().chain().equals(List.of(next.certificate())));
    await().until(() -> odoo.told.size() == 2);
    assertEquals(2, odoo.asked.size());
  }

  @Test
  void aServiceThatFailsIsAskedMoreAndMoreSeldomAndThePresentOneStays() throws Exception {
    odoo.issueUntil(START.plus(Duration.ofDays(90)));
    box = new Box(null, null);
    box.pair("uuid-1");
    await().until(() -> last().origin() == Origin.ISSUED);
    int count = served.size();
    odoo.fail("the moon is full, " + OdooWithCertificates.CODE);
    now = START.plus(Duration.ofDays(85));
    await().until(() -> odoo.asked.size() == 2);
    await().until(() -> box.keeper.problem() != null);
    assertTrue(box.keeper.problem().contains("the moon is full, ***"), box.keeper.problem());
    assertEquals(count, served.size());
    now = now.plusSeconds(59);
    settle();
    assertEquals(2, odoo.asked.size());
    now = now.plusSeconds(1);
    await().until(() -> odoo.asked.size() == 3);
    now = now.plusSeconds(90);
    settle();
    assertEquals(3, odoo.asked.size());

    HeldCertificate next = odoo.issueUntil(START.plus(Duration.ofDays(180)));
    now = now.plusSeconds(30);
    await().until(() -> last().chain().equals(List.of(next.certificate())));
    await().until(() -> box.keeper.problem() == null);
  }

  @Test
  void nonsenseFromTheServiceIsNotServed() throws Exception {
    odoo.answer(
        "{\"result\":{\"subject_cn\":\"*.x.y\",\"x509_pem\":\"a\",\"private_key_pem\":\"b\"}}");
    box = new Box(null, null);
    box.pair("uuid-1");
    await().until(() -> box.keeper.problem() != null);
    assertTrue(box.keeper.problem().contains("not in PEM"), box.keeper.problem());
    assertEquals(Origin.SELF_SIGNED, last().origin());

    // A new attempt to pair is a new question.
    odoo.answer("{\"result\":{}}");
    box.pair("uuid-2");
    await().until(() -> box.keeper.problem().contains("subscription"));
    assertFalse(Files.exists(folder.resolve("certificate.pem")));
  }

  @Test
  void anIssuedOneBelongsToItsDatabase() throws Exception {
    odoo.issueUntil(START.plus(Duration.ofDays(90)));
    box = new Box(null, null);
    box.pair("uuid-1");
    await().until(() -> last().origin() == Origin.ISSUED);
    box.link.unpair();
    await().until(() -> last().origin() == Origin.SELF_SIGNED);
    odoo.fail("not entitled");
    box.pair("uuid-2");
    await().until(() -> box.keeper.problem() != null);
    assertEquals(Origin.SELF_SIGNED, last().origin());
  }

  @Test
  void aDatabaseWithoutAnEnterpriseCodeIsNotAskedAbout() throws Exception {
    box = new Box(null, null);
    box.link.pair(Pairing.parse(odoo.url() + "?token=t0ken&db_uuid=uuid-1"));
    await().until(() -> box.link.status().state() == State.CONNECTED);
    settle();
    assertEquals(List.of(), odoo.asked);
  }

  @Test
  void aPersonsOwnPairWinsAndIsReadAgainWhenItChanges() throws Exception {
    odoo.issueUntil(START.plus(Duration.ofDays(90)));
    Path certificate = folder.resolve("own.pem");
    Path key = folder.resolve("own-key.pem");
    HeldCertificate first = new HeldCertificate.Builder().commonName("one").build();
    Files.writeString(certificate, first.certificatePem());
    Files.writeString(key, first.privateKeyPkcs8Pem());
    box = new Box(certificate, key);
    box.pair("uuid-1");
    await().until(() -> served.size() == 1);
    assertEquals(Origin.OWN, last().origin());

    HeldCertificate second = new HeldCertificate.Builder().commonName("two, longer").build();
    Files.writeString(certificate, second.certificatePem());
    await().until(() -> box.keeper.problem() != null);
    assertTrue(box.keeper.problem().contains("does not belong"), box.keeper.problem());
    assertEquals(1, served.size());

    Files.writeString(key, second.privateKeyPkcs8Pem() + "\n");
    await().until(() -> served.size() == 2);
    assertEquals(List.of(second.certificate()), last().chain());
    await().until(() -> box.keeper.problem() == null);
    assertEquals(List.of(), odoo.asked);
  }

  @Test
  void anOwnPairThatIsNoGoodIsSaidAndTheBoxMakesOneMeanwhile() throws Exception {
    Path certificate = Files.writeString(folder.resolve("own.pem"), "nonsense");
    box = new Box(certificate, folder.resolve("missing.pem"));
    await().until(() -> served.size() == 1);
    assertEquals(Origin.SELF_SIGNED, last().origin());
    assertTrue(box.keeper.problem().contains("--certificate"), box.keeper.problem());
  }

  private BoxCertificate last() {
    return served.isEmpty()
        ? new BoxCertificate(null, null, null, List.of())
        : served.get(served.size() - 1);
  }

  private void restart() {
    box.close();
    box = new Box(null, null);
  }

  /** Several of the keeper's looks, in which it must do nothing. */
  private static void settle() throws InterruptedException {
    Thread.sleep(150);
  }

  private static List<String> names(X509Certificate certificate) throws Exception {
    return certificate.getSubjectAlternativeNames().stream()
        .map(name -> String.valueOf(name.get(1)))
        .sorted()
        .collect(Collectors.toList());
  }

  /** The parts of a box that have to do with certificates. */
  private final class Box implements AutoCloseable {
    private final BoxThreads threads = new BoxThreads();
    private final OdooClient client = new OdooClient();
    private final OdooLink link;
    private final CertificateKeeper keeper;

    Box(Path certificate, Path key) {
      BoxIdentity identity = new BoxIdentity("box-1", "", () -> "192.168.1.5", "L1", "till");
      link =
          new OdooLink(
              new CredentialStore(folder),
              identity,
              List::of,
              new NoHandlers(),
              new HandlerCache(folder),
              client,
              threads,
              Duration.ZERO);
      keeper =
          new CertificateKeeper(
              new CertificateKeeper.Sources(
                  folder,
                  certificate,
                  key,
                  CertificateService.of(odoo.service(), "box-1", client, link),
                  "till",
                  () -> addresses),
              new Watch(),
              FAST,
              threads);
      link.start();
      keeper.start(served::add);
    }

    void pair(String database) throws Exception {
      link.pair(Pairing.parse(odoo.pairingUrl(database)));
    }

    @Override
    public void close() {
      keeper.close();
      link.close();
      client.close();
      threads.close();
    }
  }

  /** Shows the time of the test. */
  private final class Watch extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private static final class NoHandlers implements HandlerInstaller {
    @Override
    public void install(byte[] zip) {}

    @Override
    public void remove() {}
  }
}
