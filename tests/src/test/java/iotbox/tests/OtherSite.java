package iotbox.tests;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** A web server with one page, and perhaps scripts, on an origin that is not the box's. */
final class OtherSite implements AutoCloseable {
  private final HttpServer server;
  private final String scheme;

  private OtherSite(HttpServer server, String scheme, String page) {
    this.server = server;
    this.scheme = scheme;
    serve("/", "text/html", path -> page);
    server.start();
  }

  /** What is at a path. */
  @FunctionalInterface
  interface Content {
    String at(String path) throws IOException;
  }

  /** Serves scripts, too, at all paths that begin so. */
  OtherSite withScripts(String beginning, Content scripts) {
    serve(beginning, "text/javascript", scripts);
    return this;
  }

  /** Serves the scripts of this folder, too; Odoo's modules name them without {@code .js}. */
  OtherSite withScripts(String beginning, Path folder) {
    return withScripts(
        beginning,
        path -> {
          String name = path.substring(beginning.length());
          return Files.readString(folder.resolve(name.endsWith(".js") ? name : name + ".js"));
        });
  }

  private void serve(String beginning, String type, Content content) {
    server.createContext(
        beginning,
        exchange -> {
          byte[] bytes =
              content.at(exchange.getRequestURI().getPath()).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", type + ";charset=utf-8");
          exchange.sendResponseHeaders(200, bytes.length);
          try (OutputStream body = exchange.getResponseBody()) {
            body.write(bytes);
          }
        });
  }

  static OtherSite with(String page) {
    try {
      return new OtherSite(HttpServer.create(anyPort(), 0), "http", page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With a certificate that no browser knows. */
  static OtherSite secureWith(String page) {
    HeldCertificate own =
        new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
    HandshakeCertificates certificates =
        new HandshakeCertificates.Builder().heldCertificate(own).build();
    try {
      HttpsServer server = HttpsServer.create(anyPort(), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(certificates.sslContext()));
      return new OtherSite(server, "https", page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  URI url() {
    return URI.create(origin() + "/");
  }

  String origin() {
    return scheme + "://localhost:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
