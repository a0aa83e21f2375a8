package iotbox.tests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/**
 * A browser on the wire: sends what Odoo's web client sends, and gives back what came, as it came.
 */
final class BoxClient {
  /** The owner's, of each box that a test starts. */
  static final String PASSWORD = "0wner-0f-the-t3sts";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final URI box;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What the box asks of whoever changes it; none for everybody else. */
  private final Map<String, String> login;

  BoxClient(URI box) {
    this(box, Map.of());
  }

  private BoxClient(URI box, Map<String, String> login) {
    this.box = box;
    this.login = login;
  }

  /** The same browser, in which the owner has just logged in. */
  BoxClient asOwner() {
    return asOwner(PASSWORD);
  }

  /** The same browser, in which the owner has just logged in with this password. */
  BoxClient asOwner(String password) {
    HttpResponse<String> answer =
        post("/api/session", "application/json", text(Map.of("password", password)));
    if (answer.statusCode() != 200) {
      throw new AssertionError("The login answered " + answer.statusCode() + ": " + answer.body());
    }
    String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    String token = json(answer.body()).path("csrfToken").asText();
    return new BoxClient(box, Map.of("Cookie", cookie, "X-CSRF-Token", token));
  }

  /** The header lines of whoever is logged in. */
  List<String> loginHeaders() {
    return login.entrySet().stream().map(each -> each.getKey() + ": " + each.getValue()).toList();
  }

  HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  HttpResponse<String> post(String path, String contentType, String body) {
    return send(
        request(path)
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(box.resolve(path)).timeout(Duration.ofSeconds(65));
    login.forEach(request::header);
    return request;
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The whole JSON-RPC answer to {@code {"params": …}}, which is all that many clients send. */
  JsonNode call(String path, Map<String, ?> params) {
    return callAsync(path, params).join();
  }

  private CompletableFuture<JsonNode> callAsync(String path, Map<String, ?> params) {
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(text(Map.of("params", params))))
            .build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .thenApply(
            response -> {
              if (response.statusCode() != 200) {
                throw new AssertionError(
                    path + " answered " + response.statusCode() + ": " + response.body());
              }
              return json(response.body());
            });
  }

  /** An action as clients of 18 and before send it: the data as JSON text. */
  JsonNode actionAsText(String device, Map<String, ?> data) {
    return call(
        "/hw_drivers/action",
        Map.of("session_id", "a-session", "device_identifier", device, "data", text(data)));
  }

  /** An action as clients of 19 and later send it: the data as an object. */
  JsonNode action(String session, String device, Map<String, ?> data) {
    return call(
        "/iot_drivers/action",
        Map.of("session_id", session, "device_identifier", device, "data", data));
  }

  /** Begins a long poll; the answer is the whole envelope. */
  CompletableFuture<JsonNode> poll(String path, String session, double lastEvent, String... names) {
    Map<String, Object> devices = new LinkedHashMap<>();
    for (String name : names) {
      devices.put(name, Map.of("listener_id", "listener-" + name, "device_identifier", name));
    }
    return callAsync(
        path,
        Map.of(
            "listener",
            Map.of("session_id", session, "devices", devices, "last_event", lastEvent)));
  }

  /** Begins a long poll as clients of 19 do. */
  CompletableFuture<JsonNode> poll(String session, double lastEvent, String... names) {
    return poll("/iot_drivers/event", session, lastEvent, names);
  }

  JsonNode status() {
    HttpResponse<String> response = get("/api/status");
    if (response.statusCode() != 200) {
      throw new AssertionError("/api/status answered " + response.statusCode());
    }
    return json(response.body());
  }

  /** Waits until the status is as wanted, and gives it back. */
  JsonNode awaitStatus(String what, Predicate<JsonNode> wanted) {
    JsonNode[] last = new JsonNode[1];
    try {
      Awaitility.await(what)
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(50))
          .until(
              () -> {
                last[0] = status();
                return wanted.test(last[0]);
              });
    } catch (org.awaitility.core.ConditionTimeoutException e) {
      throw new AssertionError(
          "Waited for: " + what + "; the status is " + last[0].toPrettyString(), e);
    }
    return last[0];
  }

  /** Waits until this device has a driver that works; its entry of the status. */
  JsonNode awaitDevice(String identifier) {
    return device(
        awaitStatus(identifier + " is open", status -> isOpen(device(status, identifier))),
        identifier);
  }

  static boolean isOpen(JsonNode device) {
    return device.path("driver").isTextual() && device.path("state").asText().equals("connected");
  }

  /** The device's entry, or a missing node. */
  static JsonNode device(JsonNode status, String identifier) {
    return find(status.path("devices"), "identifier", identifier);
  }

  /** The handler file's entry, or a missing node. */
  static JsonNode handler(JsonNode status, String file) {
    return find(status.path("handlers"), "file", file);
  }

  static List<String> texts(JsonNode entries, String field) {
    return StreamSupport.stream(entries.spliterator(), false)
        .map(entry -> entry.path(field).asText())
        .toList();
  }

  private static JsonNode find(JsonNode entries, String field, String value) {
    for (JsonNode entry : entries) {
      if (entry.path(field).asText().equals(value)) {
        return entry;
      }
    }
    return JSON.missingNode();
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON: " + text, e);
    }
  }

  static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
