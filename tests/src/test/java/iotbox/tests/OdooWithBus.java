package iotbox.tests;

import io.javalin.http.Context;
import iotbox.box.odoo.bus.BusStandIn;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** Joins the stand-in for a server with that for its bus, as one server. */
final class OdooWithBus {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private OdooWithBus() {}

  /**
   * A server whose bus is real; all else is answered by the stand-in, which keeps it, too.
   *
   * @param port 0: any that is free
   */
  static BusStandIn inFrontOf(OdooStandIn odoo, int port) {
    return new BusStandIn(port, request -> passOn(odoo, request));
  }

  /** What a user pastes whose server is found at this address. */
  static String pairing(OdooStandIn odoo, String url) {
    return odoo.pairingUrl().replace(odoo.url(), url);
  }

  private static void passOn(OdooStandIn odoo, Context request) throws Exception {
    String query = request.queryString() == null ? "" : "?" + request.queryString();
    HttpRequest.Builder onward =
        HttpRequest.newBuilder(URI.create(odoo.url() + request.path() + query))
            .method(
                request.method().toString(),
                HttpRequest.BodyPublishers.ofByteArray(request.bodyAsBytes()));
    for (String name : List.of("Content-Type", "If-None-Match")) {
      if (request.header(name) != null) {
        onward.header(name, request.header(name));
      }
    }
    HttpResponse<byte[]> answer =
        HTTP.send(onward.build(), HttpResponse.BodyHandlers.ofByteArray());
    for (String name : List.of("Content-Type", "ETag")) {
      answer.headers().firstValue(name).ifPresent(value -> request.header(name, value));
    }
    request.status(answer.statusCode()).result(answer.body());
  }
}
