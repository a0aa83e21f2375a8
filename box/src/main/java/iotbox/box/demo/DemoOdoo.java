package iotbox.box.demo;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import iotbox.box.thread.BoxThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A stand-in for an Odoo 18 server, on a free port of this host, that serves the sample module's
 * handlers by the protocol that real servers speak. Its calls run on the box's work threads.
 */
public final class DemoOdoo implements AutoCloseable {
  private static final int LARGEST_BODY = 1 << 20;
  private static final String SERIE = "18.0";

  private final ObjectMapper mapper = new ObjectMapper();
  private final String token = random();
  private final String databaseUuid = random();
  private final byte[] archive;
  private final String archiveHash;
  private final HttpServer http;

  /** Identifier of a box → its devices, as it last told. */
  private final Map<String, JsonNode> boxes = new ConcurrentHashMap<>();

  /** A server that answers from now on until it is closed. */
  public DemoOdoo(BoxThreads threads) throws IOException {
    this(threads, DemoHandlers.archive());
  }

  DemoOdoo(BoxThreads threads, byte[] archive) throws IOException {
    this.archive = archive;
    this.archiveHash = hash(archive);
    this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(threads.work());
    http.createContext("/", exchange -> answer(exchange, 404, "text/plain", "Not here"));
    http.createContext("/web/webclient/version_info", json(params -> version()));
    http.createContext("/iot/setup", json(this::setup));
    http.createContext("/iot/box/send_websocket", json(params -> NullNode.getInstance()));
    http.createContext("/iot/get_handlers", post(this::handlers));
    http.start();
  }

  /** Where it listens, without a trailing slash. */
  public String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** What a person would copy from Odoo. A secret like any other, if a short-lived one. */
  public String pairingToken() {
    return url() + "?token=" + token + "&db_uuid=" + databaseUuid + "&db_name=demo";
  }

  /** The devices that a box last told of; empty if it is unknown. */
  Optional<JsonNode> devices(String identifier) {
    return Optional.ofNullable(boxes.get(identifier));
  }

  @Override
  public void close() {
    http.stop(0);
  }

  private JsonNode version() {
    ObjectNode version = mapper.createObjectNode();
    version.put("server_version", SERIE);
    version.put("server_serie", SERIE);
    version.put("protocol_version", 1);
    return version;
  }

  /** A channel for the box that knows the token; null for any other. */
  private JsonNode setup(JsonNode params) {
    JsonNode box = params.path("iot_box");
    String identifier = box.path("identifier").asText();
    if (identifier.isEmpty() || !box.path("token").asText().equals(token)) {
      return NullNode.getInstance();
    }
    boxes.put(identifier, params.path("devices"));
    return mapper.getNodeFactory().textNode("iot_channel-" + databaseUuid);
  }

  private void handlers(HttpExchange exchange) throws IOException {
    Map<String, String> form = form(body(exchange));
    if (!boxes.containsKey(form.getOrDefault("identifier", ""))) {
      answer(exchange, 401, "text/plain", "");
    } else if (archiveHash.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
      exchange.sendResponseHeaders(304, -1);
    } else {
      exchange.getResponseHeaders().set("ETag", '"' + archiveHash + '"');
      answer(exchange, 200, "application/zip", archive);
    }
  }

  /** What a JSON-RPC route does. */
  private interface Route {
    JsonNode result(JsonNode params);
  }

  private HttpHandler json(Route route) {
    return post(
        exchange -> {
          JsonNode request;
          try {
            request = mapper.readTree(body(exchange));
          } catch (JacksonException e) {
            answer(exchange, 400, "text/plain", "Invalid JSON data");
            return;
          }
          ObjectNode response = mapper.createObjectNode();
          response.put("jsonrpc", "2.0");
          response.set("id", request.path("id").isMissingNode() ? null : request.get("id"));
          response.set("result", route.result(request.path("params")));
          answer(exchange, 200, "application/json", mapper.writeValueAsBytes(response));
        });
  }

  private static HttpHandler post(HttpHandler handler) {
    return exchange -> {
      try (exchange) {
        if (exchange.getRequestMethod().equals("POST")) {
          handler.handle(exchange);
        } else {
          answer(exchange, 405, "text/plain", "Only POST");
        }
      }
    };
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    return exchange.getRequestBody().readNBytes(LARGEST_BODY);
  }

  private static Map<String, String> form(byte[] body) {
    return Arrays.stream(new String(body, StandardCharsets.UTF_8).split("&"))
        .map(field -> field.split("=", 2))
        .filter(field -> field.length == 2)
        .collect(
            Collectors.toMap(
                field -> URLDecoder.decode(field[0], StandardCharsets.UTF_8),
                field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8),
                (first, second) -> first));
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    answer(exchange, status, type, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private static String random() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
