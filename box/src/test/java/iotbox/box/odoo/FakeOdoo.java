package iotbox.box.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import iotbox.box.json.Json;
import iotbox.box.odoo.pairing.Pairing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A real HTTP server that records what it is asked and answers what a test says. */
public final class FakeOdoo implements AutoCloseable {
  public static final String VERSION = "/web/webclient/version_info";
  public static final String SETUP = "/iot/setup";
  public static final String HANDLERS = "/iot/get_handlers";

  public final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Map<String, Function<Call, Reply>> routes = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer http;

  public FakeOdoo() {
    this(0);
  }

  /** A server at a port where one was before. */
  public FakeOdoo(int port) {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    http.setExecutor(threads);
    http.createContext("/", this::serve);
    http.start();
    on(VERSION, call -> json("{\"jsonrpc\":\"2.0\",\"result\":{\"server_serie\":\"18.0\"}}"));
    on(SETUP, call -> json("{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":\"iot_channel-1\"}"));
    on(HANDLERS, call -> new Reply(304, new byte[0]));
  }

  public record Call(String method, String path, Map<String, List<String>> headers, String body) {
    public String header(String name) {
      List<String> values = headers.get(name.substring(0, 1) + name.substring(1).toLowerCase());
      return values == null ? null : values.get(0);
    }

    public JsonNode json() {
      try {
        return Json.MAPPER.readTree(body);
      } catch (IOException e) {
        throw new AssertionError("Not JSON: " + body, e);
      }
    }

    public JsonNode params() {
      return json().path("params");
    }
  }

  /**
   * @param announced how many bytes the header promises, more than there are if the answer is to
   *     break off; -1: as many as there are
   */
  public record Reply(int status, byte[] body, Map<String, String> headers, long announced) {
    public Reply(int status, byte[] body) {
      this(status, body, Map.of(), -1);
    }

    public Reply with(String header, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(header, value);
      return new Reply(status, body, more, announced);
    }

    public Reply promising(long bytes) {
      return new Reply(status, body, headers, bytes);
    }
  }

  public static Reply text(int status, String type, String body) {
    return new Reply(status, body.getBytes(StandardCharsets.UTF_8)).with("Content-Type", type);
  }

  public static Reply json(String body) {
    return text(200, "application/json", body);
  }

  public static Reply html(int status) {
    return text(status, "text/html; charset=utf-8", "<!DOCTYPE html><html>Oops</html>");
  }

  /** This reply, but only when others let it go. */
  public static Reply held(CountDownLatch until, Reply reply) {
    try {
      until.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return reply;
  }

  public static byte[] zip(String... namesAndContents) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        ZipEntry entry = new ZipEntry(namesAndContents[i]);
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  /** As Odoo 18: the archive, or 304 if the plain hash is the one the box has. */
  public void serveHandlers(byte[] zip) {
    String hash = HandlerCache.hash(zip);
    on(
        HANDLERS,
        call ->
            hash.equals(call.header("If-None-Match"))
                ? new Reply(304, new byte[0])
                : new Reply(200, zip)
                    .with("Content-Type", "application/zip")
                    .with("ETag", '"' + hash + '"'));
  }

  public FakeOdoo on(String path, Function<Call, Reply> route) {
    routes.put(path, route);
    return this;
  }

  public List<Call> calls(String path) {
    return calls.stream().filter(call -> call.path().equals(path)).toList();
  }

  public List<String> paths() {
    return calls.stream().map(Call::path).toList();
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  public int port() {
    return http.getAddress().getPort();
  }

  public Pairing pairing() {
    return new Pairing(url(), "s3cret-t0ken", "uuid-1", "c0de-secret", null);
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Call call =
          new Call(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              Map.copyOf(exchange.getRequestHeaders()),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      calls.add(call);
      Reply reply =
          routes.getOrDefault(call.path(), any -> text(404, "text/plain", "no")).apply(call);
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      long length = reply.announced() >= 0 ? reply.announced() : reply.body().length;
      exchange.sendResponseHeaders(reply.status(), length == 0 ? -1 : length);
      if (length > 0) {
        exchange.getResponseBody().write(reply.body());
        exchange.getResponseBody().flush();
      }
    }
  }
}
