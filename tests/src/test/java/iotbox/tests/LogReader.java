package iotbox.tests;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** The owner's page that reads the log along. */
final class LogReader implements AutoCloseable {
  private final InputStream body;
  private final List<JsonNode> records = new CopyOnWriteArrayList<>();

  LogReader(BoxClient owner) {
    this(owner.request("/api/logs/stream"));
  }

  /** One that was connected before and goes on after this record. */
  LogReader(BoxClient owner, String lastId) {
    this(owner.request("/api/logs/stream").header("Last-Event-ID", lastId));
  }

  private LogReader(HttpRequest.Builder request) {
    try {
      HttpResponse<InputStream> response =
          HttpClient.newHttpClient()
              .send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        throw new AssertionError("The log stream answered " + response.statusCode());
      }
      body = response.body();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    Thread reader = new Thread(this::read, "log reader");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data: ")) {
          records.add(BoxClient.json(line.substring("data: ".length())));
        }
      }
    } catch (IOException e) {
      // It was closed, or the box ended.
    }
  }

  /** What came, as soon as something did. */
  List<JsonNode> all() {
    Awaitility.await("a record").until(() -> !records.isEmpty());
    return List.copyOf(records);
  }

  /** The first record like this, as soon as it comes. */
  JsonNode await(String what, Predicate<JsonNode> wanted) {
    Awaitility.await(what).until(() -> records.stream().anyMatch(wanted));
    return records.stream().filter(wanted).findFirst().orElseThrow();
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      // It is not used any more.
    }
  }
}
