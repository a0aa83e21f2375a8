package iotbox.tests;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The box over HTTPS, as a browser that checks certificates sees it. */
class HttpsTest {
  private static final String X509 = "/x509";
  private static final String STATUS = "/iot/box/update_certificate_status";

  @TempDir Path folder;

  @Test
  void theCertificateOfOdoosServiceIsServedAndOdooIsToldOfTheDomain() throws Exception {
    HeldCertificate issued = certificate("*.abc.odoo-iot.com", "127.0.0.1");
    try (OdooStandIn odoo = OdooStandIn.start()) {
      odoo.answer(STATUS, json(Map.of("jsonrpc", "2.0")));
      odoo.answer(
          X509,
          json(
              Map.of(
                  "result",
                  Map.of(
                      "subject_cn",
                      "*.abc.odoo-iot.com",
                      "x509_pem",
                      issued.certificatePem(),
                      "private_key_pem",
                      issued.privateKeyPkcs8Pem()))));
      try (BoxProcess box =
          BoxProcess.pairedWith(
              odoo, "--https-port", "0", "--certificate-service", odoo.url() + X509)) {
        JsonNode https = awaitCertificate(box, "odoo");
        String domain = https.path("domain").asText();
        assertTrue(domain.matches("\\d+-\\d+-\\d+-\\d+\\.abc\\.odoo-iot\\.com"), domain);

        HttpResponse<String> hello = get(trusting(issued.certificate()), https, "/hw_proxy/hello");

        assertEquals("ping", hello.body());
        box.client()
            .awaitStatus(
                "Odoo is told of the domain",
                now ->
                    odoo.setups().stream()
                        .anyMatch(setup -> setup.at("/iot_box/ip").asText().equals(domain)));
        box.client()
            .awaitStatus(
                "Odoo is told of the certificate", now -> !odoo.requests(STATUS).isEmpty());
        JsonNode told = BoxClient.json(odoo.requests(STATUS).get(0).getBodyAsString());
        assertEquals(BoxProcess.IDENTIFIER, told.at("/params/identifier").asText());
        assertEquals(
            1, odoo.requests(X509).size(), "the service is asked once as long as it is good");
        JsonNode asked = BoxClient.json(odoo.requests(X509).get(0).getBodyAsString());
        assertEquals(OdooStandIn.ENTERPRISE_CODE, asked.at("/params/enterprise_code").asText());
      }
    }
  }

  @Test
  void whatTheBoxMakesIsTheSameAfterARestart() throws Exception {
    X509Certificate first;
    try (BoxProcess box = startIn(folder)) {
      JsonNode https = awaitCertificate(box, "self-signed");
      first = presented(https);
      assertEquals("ping", get(trusting(first), https, "/hw_proxy/hello").body());
      assertTrue(https.path("domain").isNull());
    }
    try (BoxProcess box = startIn(folder)) {
      assertEquals(first, presented(awaitCertificate(box, "self-signed")));
    }
  }

  @Test
  void aPersonsOwnPairIsServedAndItsSuccessorToo() throws Exception {
    HeldCertificate first = certificate("till.shop.example", "127.0.0.1");
    Path certificate = Files.writeString(folder.resolve("cert.pem"), first.certificatePem());
    Path key = Files.writeString(folder.resolve("key.pem"), first.privateKeyPkcs8Pem());
    try (OdooStandIn odoo = OdooStandIn.start();
        BoxProcess box =
            BoxProcess.pairedWith(
                odoo,
                "--https-port",
                "0",
                "--certificate",
                certificate.toString(),
                "--certificate-key",
                key.toString())) {
      JsonNode https = awaitCertificate(box, "own");
      assertEquals("ping", get(trusting(first.certificate()), https, "/hw_proxy/hello").body());

      HeldCertificate second = certificate("till2.shop.example", "127.0.0.1");
      Files.writeString(key, second.privateKeyPkcs8Pem() + "\n");
      Files.writeString(certificate, second.certificatePem() + "\n");

      box.client()
          .awaitStatus(
              "the next certificate is served",
              now -> presented(now.path("https")).equals(second.certificate()));
      assertEquals(
          "200", OriginsTest.raw(box, "GET /hw_proxy/hello HTTP/1.1", "till2.shop.example"));
      assertEquals(
          "421", OriginsTest.raw(box, "GET /hw_proxy/hello HTTP/1.1", "till.shop.example"));
      // Pages must ask by a name that the certificate has.
      await().until(() -> announced(odoo).equals("till2.shop.example"));
    }
  }

  private static String announced(OdooStandIn odoo) {
    List<JsonNode> setups = odoo.setups();
    return setups.isEmpty() ? "" : setups.get(setups.size() - 1).at("/iot_box/ip").asText();
  }

  @Test
  void aPortThatIsTakenIsSaidAndTakenAsSoonAsItIsFree() throws IOException {
    try (BoxProcess box = boxWhosePortIsTaken()) {
      awaitCertificate(box, "self-signed");
    }
  }

  private BoxProcess boxWhosePortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      BoxProcess box = BoxProcess.start("--https-port", String.valueOf(taken.getLocalPort()));
      JsonNode https =
          box.client()
              .awaitStatus("the refusal", now -> now.at("/https/detail").isTextual())
              .path("https");
      assertTrue(https.path("port").isNull());
      assertTrue(https.path("detail").asText().contains("--https-port"), https.toString());
      assertEquals("ping", box.client().get("/hw_proxy/hello").body());
      return box;
    }
  }

  @Test
  void withoutHttpsThereIsNone() throws IOException {
    try (BoxProcess box = BoxProcess.start("--data", folder.toString(), "--https-port", "none")) {
      assertTrue(box.client().status().path("https").isNull());
      assertFalse(Files.exists(folder.resolve("self-signed.pem")));
    }
  }

  private static BoxProcess startIn(Path folder) {
    return BoxProcess.start("--data", folder.toString(), "--https-port", "0");
  }

  private static HeldCertificate certificate(String name, String address) {
    return new HeldCertificate.Builder()
        .commonName(name)
        .addSubjectAlternativeName(address)
        .addSubjectAlternativeName(name)
        .duration(90, TimeUnit.DAYS)
        .build();
  }

  private static JsonNode awaitCertificate(BoxProcess box, String kind) {
    return box.client()
        .awaitStatus(
            "HTTPS with a certificate: " + kind,
            now -> now.at("/https/certificate").asText().equals(kind))
        .path("https");
  }

  private static HttpClient trusting(X509Certificate certificate) {
    HandshakeCertificates trusted =
        new HandshakeCertificates.Builder().addTrustedCertificate(certificate).build();
    return HttpClient.newBuilder().sslContext(trusted.sslContext()).build();
  }

  private static HttpResponse<String> get(HttpClient browser, JsonNode https, String path)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + https.path("port") + path))
            .timeout(Duration.ofSeconds(20))
            .build();
    return browser.send(request, BodyHandlers.ofString());
  }

  /** What a browser is shown before it decides whether to trust it. */
  private static X509Certificate presented(JsonNode https) {
    try (SSLSocket socket =
        (SSLSocket)
            anybody().getSocketFactory().createSocket("127.0.0.1", https.path("port").asInt())) {
      socket.startHandshake();
      List<Certificate> shown = List.of(socket.getSession().getPeerCertificates());
      return (X509Certificate) shown.get(0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Trusts every server, as only a test may that wants to see what it presents. */
  private static SSLContext anybody() {
    X509TrustManager all =
        new X509TrustManager() {
          @Override
          public void checkClientTrusted(X509Certificate[] chain, String type) {}

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type) {}

          @Override
          public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
          }
        };
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {all}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static ResponseDefinitionBuilder json(Map<String, ?> answer) {
    return aResponse()
        .withHeader("Content-Type", "application/json")
        .withBody(BoxClient.text(answer));
  }
}
