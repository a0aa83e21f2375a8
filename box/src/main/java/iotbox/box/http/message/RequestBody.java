package iotbox.box.http.message;

import io.javalin.http.Context;
import iotbox.box.http.limit.Body;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/** The JSON object that a request carries, or the refusal to read it. */
public final class RequestBody {
  /** What Java needs for one token of JSON, about. */
  private static final int BYTES_PER_TOKEN = 64;

  public static final String BUSY =
      "The box is at work on as much as its memory holds; send this again in a moment.";

  private RequestBody() {}

  /**
   * Reads the body, which has come whole; so this does not wait for the client.
   *
   * @throws RefusedException 415 if it is not declared as JSON, 400 if it is not a JSON object, 503
   *     if there is no memory for it now
   */
  public static Map<?, ?> object(Context ctx) throws RefusedException {
    requireJson(ctx);
    Object value = value(Body.of(ctx.req()));
    if (value instanceof Map<?, ?> object) {
      return object;
    }
    throw new RefusedException(400, "The body must be a JSON object, such as {\"params\": {}}.");
  }

  private static Object value(Body body) throws RefusedException {
    Json.Document document;
    try {
      document = Json.read(body.read());
    } catch (MalformedJsonException e) {
      throw new RefusedException(400, "The body is not valid JSON: " + e.getMessage() + ".");
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Memory can always be read.
    }
    if (!hasMemoryFor(document, body)) {
      throw new RefusedException(503, BUSY);
    }
    return document.value();
  }

  /** Counts the document as the body's, or says that there is no memory for it now. */
  public static boolean hasMemoryFor(Json.Document document, Body body) {
    return body.reserve(document.tokens() * BYTES_PER_TOKEN);
  }

  /**
   * Refuses a request whose content type is not JSON's.
   *
   * @throws RefusedException 415
   */
  static void requireJson(Context ctx) throws RefusedException {
    // As it stands there: the servlet's own way fails for a character set that it does not know.
    String type = ctx.header("Content-Type");
    String bare = type == null ? "" : type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    if (!bare.equals("application/json") && !bare.equals("application/json-rpc")) {
      throw new RefusedException(415, "Send JSON, with the header Content-Type: application/json.");
    }
  }
}
