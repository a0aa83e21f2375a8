package iotbox.box.odoo;

import static iotbox.box.odoo.FakeOdoo.HANDLERS;
import static iotbox.box.odoo.FakeOdoo.SETUP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.odoo.FakeOdoo.Reply;
import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.odoo.wire.OdooClient;
import iotbox.box.odoo.wire.OdooException;
import iotbox.box.odoo.wire.OdooServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the box does not let servers do to it, whichever server it asks. */
class OutboundSafetyTest {
  private static final String SERVICE = "/service";

  @TempDir private Path folder;
  private final FakeOdoo odoo = new FakeOdoo();
  private final OdooClient client = new OdooClient();

  @AfterEach
  void end() {
    client.close();
    odoo.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1"})
  void aLaboratoryTakesAnyCertificateAndAnyNameInIt(String host) throws Exception {
    try (SelfSignedServer https = new SelfSignedServer(folder);
        OdooClient insecure = OdooClient.insecure()) {
      Pairing pairing = at(https.url().replace("localhost", host));
      assertEquals(200, insecure.server(pairing).form("/x", Map.of(), Map.of()).status());
      assertEquals(1, https.requests());
    }
  }

  @Test
  void neitherServiceIsTakenForItselfWithoutAGoodCertificate() throws Exception {
    try (SelfSignedServer https = new SelfSignedServer(folder)) {
      try (PairingProxy proxy = new PairingProxy(client, https.url() + SERVICE, "box-1")) {
        OdooException refused = assertThrows(OdooException.class, proxy::newCode);
        assertTrue(refused.getMessage().contains("is not trusted"), refused.getMessage());
      }
      assertTrue(refusedByCertificateService(https.url()).contains("is not trusted"));
      assertEquals(0, https.requests());
    }
  }

  @Test
  void noAnswerGrowsBeyondBoundsWhenItIsUnpacked() {
    Reply bomb = new Reply(200, zeros(100 << 20)).with("Content-Encoding", "gzip");
    for (String path : new String[] {SETUP, HANDLERS, SERVICE}) {
      odoo.on(path, call -> bomb);
    }
    OdooServer server = client.server(odoo.pairing());

    refuse(() -> server.json(SETUP, Map.of()), "more than 1048576 bytes");
    refuse(() -> server.form(HANDLERS, Map.of(), Map.of()), "more than 33554432 bytes");
    try (PairingProxy proxy = new PairingProxy(client, odoo.url() + SERVICE, "box-1")) {
      refuse(proxy::newCode, "more than 1048576 bytes");
    }
    assertTrue(refusedByCertificateService(odoo.url()).contains("more than 1048576 bytes"));
  }

  @Test
  void anHonestCompressedAnswerIsRead() throws Exception {
    byte[] packed = gzip("{\"jsonrpc\":\"2.0\",\"result\":\"packed\"}".getBytes());
    odoo.on(SETUP, call -> new Reply(200, packed).with("Content-Encoding", "gzip"));
    assertEquals("packed", client.server(odoo.pairing()).json(SETUP, Map.of()).asText());
  }

  @Test
  void neitherServiceCanSendTheBoxElsewhere() {
    try (FakeOdoo elsewhere = new FakeOdoo()) {
      odoo.on(
          SERVICE, call -> new Reply(307, new byte[0]).with("Location", elsewhere.url() + SERVICE));
      try (PairingProxy proxy = new PairingProxy(client, odoo.url() + SERVICE, "box-1")) {
        refuse(proxy::newCode, "redirects to another server");
      }
      assertTrue(refusedByCertificateService(odoo.url()).contains("redirects to another server"));
      assertEquals(0, elsewhere.calls.size());
    }
  }

  @Test
  void fromHttpsTheBoxDoesNotFollowToHttp() throws Exception {
    try (SelfSignedServer https = new SelfSignedServer(folder);
        OdooClient insecure = OdooClient.insecure()) {
      https.redirectTo("http://localhost:" + odoo.port() + SETUP);
      refuse(() -> insecure.server(at(https.url())).json(SETUP, Map.of()), "another server, http:");
      assertEquals(0, odoo.calls.size());
    }
  }

  @Test
  void fromHttpTheBoxFollowsToHttpsOfTheSameHost() throws Exception {
    try (SelfSignedServer https = new SelfSignedServer(folder);
        OdooClient insecure = OdooClient.insecure()) {
      odoo.on(SETUP, call -> new Reply(308, new byte[0]).with("Location", https.url() + SETUP));
      Pairing pairing = at("http://localhost:" + odoo.port());
      assertEquals(200, insecure.server(pairing).form(SETUP, Map.of(), Map.of()).status());
      assertEquals(1, https.requests());
      assertFalse(odoo.calls.isEmpty());
    }
  }

  private String refusedByCertificateService(String url) {
    try (CertificateService service =
        new CertificateService(client, url + SERVICE, "box-1", () -> true)) {
      service.pairedWith(odoo.pairing(), client.server(odoo.pairing()));
      return assertThrows(CertificateService.NotIssuedException.class, service::issue).getMessage();
    }
  }

  private static void refuse(org.junit.jupiter.api.function.Executable call, String reason) {
    OdooException refused = assertThrows(OdooException.class, call);
    assertTrue(refused.getMessage().contains(reason), refused.getMessage());
  }

  private static Pairing at(String url) {
    return new Pairing(url, "xyzzy", null, null, null);
  }

  private static byte[] zeros(int count) {
    return gzip(new byte[count]);
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
