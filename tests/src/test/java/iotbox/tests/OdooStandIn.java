package iotbox.tests;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.not;
import static com.github.tomakehurst.wiremock.client.WireMock.notMatching;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Plays the Odoo server on the wire and keeps every request. It starts as a healthy server of the
 * given line that accepts the box and has no handlers; tests change one answer after the other. Who
 * speaks to it as to a server of another line gets the errors of one that misses something.
 */
public final class OdooStandIn implements AutoCloseable {
  static final String TOKEN = "s3cret-t0ken-4711";
  static final String ENTERPRISE_CODE = "M-s3cret-enterprise-0815";
  static final String CHANNEL = "iot_channel-bench";

  static final String VERSION_INFO = "/web/webclient/version_info";
  static final String SETUP = "/iot/setup";
  static final String GET_HANDLERS = "/iot/get_handlers";
  static final String LOG = "/iot/log";
  static final String CONFIRM = "/iot/box/send_websocket";

  private static final String JSON = "application/json";
  private static final int SPECIAL = 1;
  private static final int STRICT = 3;
  private static final int USUAL = 5;
  private static final int OTHER = 10;

  private final WireMockServer server =
      new WireMockServer(
          WireMockConfiguration.options()
              .dynamicPort()
              .bindAddress("127.0.0.1")
              .globalTemplating(false));

  private int line;

  private OdooStandIn(String serie) {
    server.start();
    become(serie);
  }

  /** Is a server of this line from now on, one that accepts the box and has no handlers. */
  OdooStandIn become(String serie) {
    line = Integer.parseInt(serie.replaceFirst("^saas[~-]", "").replaceFirst("\\..*", ""));
    server.resetMappings();
    server.stubFor(any(anyUrl()).atPriority(OTHER).willReturn(aResponse().withStatus(404)));
    server.stubFor(post(LOG).atPriority(USUAL).willReturn(aResponse()));
    answer(VERSION_INFO, result(Map.of("server_serie", serie, "server_version", serie)));
    answer(CONFIRM, rpc("{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":null}"));
    acceptBox();
    answer(GET_HANDLERS, aResponse().withStatus(line < 17 ? 200 : 401));
    server.stubFor(
        post(urlPathEqualTo(SETUP))
            .atPriority(STRICT)
            .withRequestBody(
                not(matchingJsonPath(line < 14 ? "$.identifier" : "$.params.iot_box.identifier")))
            .willReturn(error("KeyError", "'identifier'")));
    server.stubFor(
        post(urlPathEqualTo(GET_HANDLERS))
            .atPriority(STRICT)
            .withRequestBody(notMatching("(.*&)?" + (line < 17 ? "mac" : "identifier") + "=.*"))
            .willReturn(aResponse().withStatus(400)));
    return this;
  }

  /** A server of the newest line. */
  public static OdooStandIn start() {
    return new OdooStandIn("saas~19.1");
  }

  /** A server of this line, such as {@code 18.0}. */
  static OdooStandIn start(String serie) {
    return new OdooStandIn(serie);
  }

  /** Serves these handlers; with an ETag and its 304, as servers of 18 and later do. */
  public OdooStandIn serving(HandlersZip handlers) {
    byte[] zip = handlers.bytes();
    if (line < 18) {
      return answer(GET_HANDLERS, aResponse().withBody(zip));
    }
    String hash = sha256(zip);
    answer(
        GET_HANDLERS,
        aResponse()
            .withHeader("Content-Type", "application/zip")
            .withHeader("ETag", "\"" + hash + "\"")
            .withBody(zip));
    // The server compares with the hash alone, without the quotes of its own ETag.
    server.stubFor(
        post(urlPathEqualTo(GET_HANDLERS))
            .atPriority(SPECIAL)
            .withHeader("If-None-Match", equalTo(hash))
            .willReturn(aResponse().withStatus(304)));
    return this;
  }

  /** Answers a download of handlers with this, and knows of no ETag. */
  OdooStandIn servingInstead(ResponseDefinitionBuilder answer) {
    return recover().answer(GET_HANDLERS, answer);
  }

  /** Ends {@link #hang} and {@link #breakConnections}. */
  OdooStandIn recover() {
    server
        .listAllStubMappings()
        .getMappings()
        .forEach(
            stub -> {
              if (stub.getPriority() == SPECIAL) {
                server.removeStub(stub);
              }
            });
    return this;
  }

  /** Accepts the box from now on. */
  OdooStandIn acceptBox() {
    // Before there was a bus, servers had nothing to answer.
    return answer(SETUP, line < 16 ? rpc("{\"jsonrpc\":\"2.0\",\"id\":null}") : result(CHANNEL));
  }

  /** Refuses the box from now on, as servers do whose token is another: the result is null. */
  OdooStandIn refuseBox() {
    return answer(SETUP, rpc("{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":null}"));
  }

  /** Fails in Odoo's own way from now on: HTTP 200 with an error inside. */
  OdooStandIn failAtSetup(String message) {
    return answer(SETUP, error("odoo.exceptions.UserError", message));
  }

  /** Answers nothing for this long, at any address. */
  OdooStandIn hang(int millis) {
    server.stubFor(
        any(anyUrl()).atPriority(SPECIAL).willReturn(aResponse().withFixedDelay(millis)));
    return this;
  }

  /** Breaks every connection. */
  OdooStandIn breakConnections() {
    server.stubFor(
        any(anyUrl())
            .atPriority(SPECIAL)
            .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
    return this;
  }

  OdooStandIn answer(String path, ResponseDefinitionBuilder answer) {
    MappingBuilder usual = any(urlPathEqualTo(path)).atPriority(USUAL);
    server.stubFor(usual.willReturn(answer));
    return this;
  }

  private static ResponseDefinitionBuilder result(Object result) {
    return rpc(BoxClient.text(Map.of("jsonrpc", "2.0", "id", 1, "result", result)));
  }

  private static ResponseDefinitionBuilder error(String name, String message) {
    Map<String, ?> data = Map.of("name", name, "message", message, "debug", "");
    Map<String, ?> error = Map.of("code", 200, "message", "Odoo Server Error", "data", data);
    return rpc(BoxClient.text(Map.of("jsonrpc", "2.0", "error", error)));
  }

  private static ResponseDefinitionBuilder rpc(String body) {
    return aResponse().withHeader("Content-Type", JSON).withBody(body);
  }

  /** What a user of 18 and later pastes into the box. */
  public String pairingUrl() {
    return url()
        + "?token="
        + TOKEN
        + "&db_uuid=c0ffee00-0000-4000-8000-000000000001&enterprise_code="
        + ENTERPRISE_CODE
        + "&db_name=bench";
  }

  /** What a user of 17 and before pastes into the box. */
  String pairingToken() {
    return url() + "|" + TOKEN + "|c0ffee00-0000-4000-8000-000000000001|" + ENTERPRISE_CODE;
  }

  /** What a user of this line pastes into the box. */
  String pairing() {
    return line < 18 ? pairingToken() : pairingUrl();
  }

  String url() {
    return server.baseUrl();
  }

  /** All requests in the order of their arrival. */
  List<LoggedRequest> requests() {
    List<LoggedRequest> requests = new ArrayList<>();
    server.getAllServeEvents().forEach(event -> requests.add(event.getRequest()));
    Collections.reverse(requests);
    return requests;
  }

  /** The requests to this path in the order of their arrival. */
  List<LoggedRequest> requests(String path) {
    return requests().stream()
        .filter(request -> request.getUrl().split("\\?")[0].equals(path))
        .toList();
  }

  /** The params of every {@code /iot/setup}, made of the body's root where there are none. */
  List<JsonNode> setups() {
    return requests(SETUP).stream()
        .map(request -> BoxClient.json(request.getBodyAsString()))
        .map(
            body ->
                body.has("params")
                    ? body.path("params")
                    : BoxClient.json(
                        BoxClient.text(Map.of("iot_box", body, "devices", body.path("devices")))))
        .toList();
  }

  /** The form fields of a form-encoded request, such as {@code identifier=x}. */
  static List<String> formFields(LoggedRequest request) {
    return Stream.of(request.getBodyAsString().split("&"))
        .map(field -> java.net.URLDecoder.decode(field, java.nio.charset.StandardCharsets.UTF_8))
        .toList();
  }

  void forgetRequests() {
    server.resetRequests();
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    server.stop();
  }
}
