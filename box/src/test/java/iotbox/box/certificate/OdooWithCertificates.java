package iotbox.box.certificate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.tls.HeldCertificate;

/** An Odoo server and the certificate service in one, over real HTTP. */
final class OdooWithCertificates implements AutoCloseable {
  static final String CODE = "enterprise-s3cret";

  /** The bodies of the questions for a certificate. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  /** What the database was told. */
  final List<String> told = new CopyOnWriteArrayList<>();

  private final HttpServer http;
  private volatile String answer;

  OdooWithCertificates() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", this::serve);
    http.start();
    fail("no certificate yet");
  }

  /** Answers certificates that end then. */
  HeldCertificate issueUntil(Instant end) {
    HeldCertificate made =
        new HeldCertificate.Builder()
            .commonName("*.abc.odoo-iot.com")
            .validityInterval(0, end.toEpochMilli())
            .build();
    answer =
        "{\"result\":{\"subject_cn\":\"*.abc.odoo-iot.com\",\"x509_pem\":"
            + quoted(made.certificatePem())
            + ",\"private_key_pem\":"
            + quoted(made.privateKeyPkcs8Pem())
            + "}}";
    return made;
  }

  void fail(String error) {
    answer = "{\"result\":{\"error\":" + quoted(error) + "}}";
  }

  void answer(String json) {
    answer = json;
  }

  String service() {
    return url() + "/x509";
  }

  String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  String pairingUrl(String database) {
    return url() + "?token=t0ken&db_uuid=" + database + "&enterprise_code=" + CODE;
  }

  @Override
  public void close() {
    http.stop(0);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\r", "").replace("\n", "\\n") + '"';
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String reply =
          switch (exchange.getRequestURI().getPath()) {
            case "/x509" -> {
              asked.add(body);
              yield answer;
            }
            case "/iot/box/update_certificate_status" -> {
              told.add(body);
              yield "{\"result\":null,\"jsonrpc\":\"2.0\"}";
            }
            case "/web/webclient/version_info" -> "{\"result\":{\"server_serie\":\"18.0\"}}";
            case "/iot/setup" -> "{\"result\":\"channel\"}";
            default -> "";
          };
      byte[] bytes = reply.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
