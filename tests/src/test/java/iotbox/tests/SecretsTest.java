package iotbox.tests;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.tls.HeldCertificate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Token, enterprise code and keys are kept in private files, and are seen nowhere else. */
class SecretsTest {
  private static final String UUID = "s3cret-pairing-uuid-42";
  private static final String CONNECT_BOX = "/connect-box";
  private static final String X509 = "/x509";

  /** The files that are there to hold secrets. */
  private static final Set<String> PRIVATE =
      Set.of("credentials.json", "certificate.pem", "self-signed.pem");

  @TempDir Path data;
  private final HeldCertificate issued =
      new HeldCertificate.Builder()
          .commonName("*.abc.odoo-iot.com")
          .duration(90, TimeUnit.DAYS)
          .build();

  /** What the box let out, by where. */
  private final Map<String, String> seen = new LinkedHashMap<>();

  @Test
  void theReportOfACrashHoldsNoToken() throws Exception {
    Path report = data.resolve("crash.log");
    try (OdooStandIn odoo = OdooStandIn.start();
        BoxProcess box =
            BoxProcess.start(
                List.of(
                    "env",
                    "JAVA_TOOL_OPTIONS=-XX:ErrorFile=" + report + " -XX:-CreateCoredumpOnCrash",
                    BoxProcess.root().resolve("box/run").toString(),
                    "--bind=127.0.0.1",
                    "--port=0",
                    "--data=" + data.resolve("data"),
                    "--odoo",
                    odoo.pairingUrl()))) {
      awaitState(box, "connected");
      Path commandLine = Path.of("/proc", String.valueOf(box.pid()), "cmdline");
      assertFalse(Files.readString(commandLine).contains(OdooStandIn.TOKEN));

      new ProcessBuilder("kill", "-SEGV", String.valueOf(box.pid())).start().waitFor();
      assertTrue(box.diesWithin(Duration.ofSeconds(30)), "it crashes");

      String text = Files.readString(report, StandardCharsets.ISO_8859_1);
      assertTrue(text.contains("SIGSEGV"), text);
      assertFalse(text.contains(OdooStandIn.TOKEN), text);
      assertFalse(text.contains(OdooStandIn.ENTERPRISE_CODE), text);
      assertFalse(box.stderr().contains(OdooStandIn.TOKEN), box.stderr());
    }
  }

  @Test
  void aWholeRunLetsNoSecretOut() throws Exception {
    try (OdooStandIn odoo = OdooStandIn.start().serving(TestHandlers.bench())) {
      String echo = "Bad " + OdooStandIn.TOKEN + " and " + OdooStandIn.ENTERPRISE_CODE;
      odoo.answer(CONNECT_BOX, result(Map.of("pairing_code", "K4F9", "pairing_uuid", UUID)));
      odoo.answer(X509, result(Map.of("error", echo)));
      try (BoxProcess box = start(odoo)) {
        awaitState(box, "unpaired");
        box.client().awaitStatus("a code", now -> now.at("/odoo/pairingCode").isTextual());
        // Refused in every way, by servers that repeat what they were told.
        odoo.failAtSetup(echo);
        assertEquals(422, pair(box, "failing", odoo.pairingUrl()).statusCode());
        odoo.refuseBox();
        assertEquals(422, pair(box, "refusing", odoo.pairingToken()).statusCode());
        odoo.breakConnections();
        assertEquals(422, pair(box, "broken", odoo.pairingUrl()).statusCode());
        odoo.recover();
        assertEquals(400, pair(box, "half", "https://h|" + OdooStandIn.TOKEN).statusCode());

        odoo.acceptBox().serving(TestHandlers.bench());
        assertEquals(204, pair(box, "accepted", odoo.pairingUrl()).statusCode());
        box.client().awaitDevice("bench1");
        box.client().awaitStatus("no certificate", now -> now.at("/https/detail").isTextual());
        look(box, "paired");
        odoo.servingInstead(aResponse().withHeader("Content-Type", "text/plain").withBody(echo));
        box.owner().post("/api/handlers/reload", "application/json", "{}");
        Awaitility.await().until(() -> box.stderr().contains("WARN  HandlerSync"));
        dumpThreads(box);
        look(box, "failing");
        end(box, "first");
      }

      odoo.acceptBox();
      odoo.answer(
          X509,
          result(
              Map.of(
                  "subject_cn",
                  "*.abc.odoo-iot.com",
                  "x509_pem",
                  issued.certificatePem(),
                  "private_key_pem",
                  issued.privateKeyPkcs8Pem())));
      try (BoxProcess box = start(odoo)) {
        awaitState(box, "connected");
        box.client()
            .awaitStatus(
                "a certificate", now -> now.at("/https/certificate").asText().equals("odoo"));
        look(box, "with a certificate");
        end(box, "second");
      }
    }
    assertPrivateFilesHoldThem();
    assertNothingElseDoes();
  }

  private BoxProcess start(OdooStandIn odoo) {
    return BoxProcess.start(
        "--data",
        data.toString(),
        "--https-port",
        "0",
        "--pairing-proxy",
        odoo.url() + CONNECT_BOX,
        "--certificate-service",
        odoo.url() + X509);
  }

  private HttpResponse<String> pair(BoxProcess box, String when, String token) {
    HttpResponse<String> answer =
        box.owner()
            .post("/api/pairing", "application/json", BoxClient.text(Map.of("token", token)));
    seen.put("the answer to a pairing, " + when, answer.headers() + "\n" + answer.body());
    return answer;
  }

  private void look(BoxProcess box, String when) {
    BoxClient owner = box.owner();
    for (String path :
        List.of(
            "/",
            "/api/status",
            "/hw_proxy/hello",
            "/hw_drivers/download_logs",
            "/iot_drivers/download_logs",
            "/iot_drivers/ping",
            "/api/options",
            "/nothing/here")) {
      HttpResponse<String> answer = owner.get(path);
      seen.put(path + ", " + when, answer.headers() + "\n" + answer.body());
    }
    try (LogReader reader = new LogReader(owner)) {
      seen.put("the log as it is written, " + when, reader.all().toString());
    }
    for (String path : List.of("/hw_proxy/handshake", "/hw_proxy/status_json")) {
      seen.put(path + ", " + when, box.client().call(path, Map.of()).toString());
    }
  }

  /** What a person does with a box that seems to hang. */
  private static void dumpThreads(BoxProcess box) throws Exception {
    new ProcessBuilder("kill", "-QUIT", String.valueOf(box.pid())).start().waitFor();
    Awaitility.await().until(() -> (box.stdout() + box.stderr()).contains("Full thread dump"));
  }

  private void end(BoxProcess box, String which) {
    box.terminate();
    assertTrue(box.waitFor(Duration.ofSeconds(10)));
    seen.put("stdout, " + which, box.stdout());
    seen.put("stderr, " + which, box.stderr());
  }

  private void assertPrivateFilesHoldThem() throws IOException {
    String credentials = Files.readString(data.resolve("credentials.json"));
    assertTrue(credentials.contains(OdooStandIn.TOKEN));
    assertTrue(credentials.contains(OdooStandIn.ENTERPRISE_CODE));
    String certificate = Files.readString(data.resolve("certificate.pem"));
    assertTrue(certificate.contains(keyLine(issued.privateKeyPkcs8Pem())));
    for (String name : PRIVATE) {
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(name))),
          name);
    }
  }

  private void assertNothingElseDoes() throws IOException {
    Set<String> files = new TreeSet<>();
    try (Stream<Path> all = Files.walk(data)) {
      for (Path file : all.filter(Files::isRegularFile).collect(Collectors.toList())) {
        String name = data.relativize(file).toString();
        files.add(name);
        if (!PRIVATE.contains(name)) {
          seen.put(name, Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
    }
    assertTrue(files.stream().anyMatch(name -> name.endsWith(".log")), "a log among " + files);
    assertTrue(seen.get("stderr, first").contains("***"), "what the servers repeated was logged");
    List<String> secrets =
        new ArrayList<>(
            List.of(OdooStandIn.TOKEN, OdooStandIn.ENTERPRISE_CODE, UUID, BoxClient.PASSWORD));
    secrets.add(keyLine(issued.privateKeyPkcs8Pem()));
    secrets.add(keyLine(Files.readString(data.resolve("self-signed.pem"))));
    secrets.add("PRIVATE KEY");
    seen.forEach(
        (where, text) ->
            secrets.forEach(
                secret -> assertFalse(text.contains(secret), where + " has " + secret)));
  }

  /** A line from the middle of a key in PEM. */
  private static String keyLine(String pem) {
    return pem.substring(pem.indexOf("PRIVATE KEY")).lines().skip(2).findFirst().orElseThrow();
  }

  private static void awaitState(BoxProcess box, String state) {
    box.client().awaitStatus("Odoo " + state, now -> now.at("/odoo/state").asText().equals(state));
  }

  private static ResponseDefinitionBuilder result(Map<String, ?> result) {
    return aResponse()
        .withHeader("Content-Type", "application/json")
        .withBody(BoxClient.text(Map.of("jsonrpc", "2.0", "result", result)));
  }
}
