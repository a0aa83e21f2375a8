package iotbox.box.odoo.wire;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.json.Json;
import iotbox.box.odoo.wire.OdooException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import okhttp3.Call;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.BufferedSource;

/**
 * One Odoo server, from pairing with it until parting from it. The calls block for as long as the
 * client's patience; {@link #close()} ends those that run, on any thread, and no other starts after
 * it.
 *
 * <p>One lock, {@code this}, guards {@code closed} and {@code running}; it is not held during I/O.
 */
public final class OdooServer implements AutoCloseable {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final int MOST_REDIRECTS = 3;
  private static final int LARGEST_JSON = 1 << 20;
  private static final int LARGEST_ARCHIVE = 32 << 20;

  /** An archive may take longer than a JSON call, by this factor. */
  private static final int ARCHIVE_PATIENCE = 3;

  private final OdooClient client;
  private final String url;
  private final String database;
  private final Set<Call> running = new HashSet<>();
  private boolean closed;

  public OdooServer(OdooClient client, String url, String database) {
    this.client = client;
    this.url = url;
    this.database = database;
  }

  /**
   * A JSON-RPC call; answers its result, a JSON null included.
   *
   * @throws OdooException if there is no result
   */
  public JsonNode json(String path, Object params) throws OdooException {
    return json(path, params, client.patience());
  }

  /**
   * A call without parameters that a healthy server answers at once, so that waiting for it long is
   * of no use.
   */
  public JsonNode briefly(String path) throws OdooException {
    return json(path, Map.of(), client.patience().dividedBy(2));
  }

  /**
   * A call whose body is given whole, for what {@link #json} cannot say; answers the whole answer,
   * which has no {@code result} where the server left it out.
   *
   * @throws OdooException if it is an error, or not Odoo's
   */
  public JsonNode whole(String path, Map<String, ?> body) throws OdooException {
    return JsonRpc.answer(name(path), send(path, body, client.patience()));
  }

  private JsonNode json(String path, Object params, Duration patience) throws OdooException {
    return JsonRpc.result(
        name(path), send(path, new JsonRpc.Request("2.0", "call", params), patience));
  }

  /** A JSON-RPC call with whatever comes back, errors of HTTP included. */
  public HttpAnswer jsonAnswer(String path, Object params) throws OdooException {
    return send(path, new JsonRpc.Request("2.0", "call", params), client.patience());
  }

  private HttpAnswer send(String path, Object request, Duration patience) throws OdooException {
    byte[] body;
    try {
      body = Json.MAPPER.writeValueAsBytes(request);
    } catch (IOException e) {
      throw new IllegalArgumentException("Parameters that JSON cannot express", e);
    }
    return post(path, RequestBody.create(body, JSON), Map.of(), LARGEST_JSON, patience);
  }

  /** A form call with whatever comes back, errors of HTTP included. */
  public HttpAnswer form(String path, Map<String, String> fields, Map<String, String> headers)
      throws OdooException {
    FormBody.Builder form = new FormBody.Builder();
    fields.forEach(form::add);
    return post(
        path,
        form.build(),
        headers,
        LARGEST_ARCHIVE,
        client.patience().multipliedBy(ARCHIVE_PATIENCE));
  }

  /** A call whose body is these texts, in chunks as they are; answers whatever comes back. */
  public HttpAnswer chunks(String path, List<String> texts) throws OdooException {
    RequestBody body =
        new RequestBody() {
          @Override
          public MediaType contentType() {
            return null;
          }

          @Override
          public void writeTo(BufferedSink sink) throws IOException {
            for (String text : texts) {
              sink.writeUtf8(text);
            }
          }
        };
    return post(path, body, Map.of(), LARGEST_JSON, client.patience());
  }

  /** A plain question with whatever comes back, errors of HTTP included. */
  public HttpAnswer get(String path) throws OdooException {
    return exchange(path, Request.Builder::get, LARGEST_JSON, client.patience());
  }

  /** What messages call the answerer of a path. */
  public String name(String path) {
    return url + path;
  }

  /** Whether the box has parted from it. */
  public synchronized boolean closed() {
    return closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    running.forEach(Call::cancel);
  }

  private HttpAnswer post(
      String path, RequestBody body, Map<String, String> headers, int largest, Duration patience)
      throws OdooException {
    return exchange(
        path,
        request -> {
          headers.forEach(request::header);
          return request.post(body);
        },
        largest,
        patience);
  }

  private HttpAnswer exchange(
      String path, UnaryOperator<Request.Builder> question, int largest, Duration patience)
      throws OdooException {
    HttpUrl target = HttpUrl.parse(url + path);
    if (target == null) {
      throw new OdooException(Kind.NO_CONNECTION, "The address " + url + " is not valid.");
    }
    for (int i = 0; i <= MOST_REDIRECTS; i++) {
      Request.Builder request =
          question.apply(new Request.Builder().url(target).header("User-Agent", "OdooIoTBox/1.0"));
      if (database != null) {
        request.header("X-Odoo-Database", database);
      }
      Call call = client.http().newCall(request.build());
      call.timeout().timeout(patience.toMillis(), TimeUnit.MILLISECONDS);
      begin(call);
      try (Response response = call.execute()) {
        HttpUrl next = Redirects.next(target, response);
        if (next == null) {
          return read(response, largest, name(path));
        }
        target = next;
      } catch (IOException e) {
        client.distrustIdleConnections();
        throw Failures.describe(target.host(), name(path), e);
      } finally {
        end(call);
      }
    }
    throw new OdooException(Kind.BAD_ANSWER, name(path) + " redirects again and again.");
  }

  private static HttpAnswer read(Response response, int largest, String name)
      throws IOException, OdooException {
    BufferedSource source = response.body().source();
    if (source.request(largest + 1L)) {
      throw new OdooException(
          Kind.BAD_ANSWER, name + " answered more than " + largest + " bytes, which is refused.");
    }
    return new HttpAnswer(
        response.code(),
        response.header("Content-Type", ""),
        etag(response.header("ETag")),
        source.readByteArray());
  }

  /** A proxy that compresses makes the tag a weak one; Odoo compares with the plain hash. */
  private static String etag(String header) {
    if (header == null) {
      return null;
    }
    String tag = header.strip().replaceFirst("^W/", "").replace("\"", "");
    return StandardCharsets.US_ASCII.newEncoder().canEncode(tag) && !tag.isBlank() ? tag : null;
  }

  private synchronized void begin(Call call) throws OdooException {
    if (closed) {
      throw new OdooException(Kind.NO_CONNECTION, "The box has parted from " + url + ".");
    }
    running.add(call);
  }

  private synchronized void end(Call call) {
    running.remove(call);
  }
}
