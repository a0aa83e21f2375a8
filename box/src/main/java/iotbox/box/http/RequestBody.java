package iotbox.box.http;

import io.javalin.http.Context;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;

/** The JSON object that a request carries, or the refusal to read it. */
final class RequestBody {
  /** A printed page or a receipt's picture fits, several times. */
  static final long MAX_BYTES = 25L << 20;

  private RequestBody() {}

  /**
   * Reads the body.
   *
   * @throws RefusedException 415 if it is not declared as JSON, 413 if it is too long, 400 if it is
   *     not a JSON object or breaks off
   */
  static Map<?, ?> object(Context ctx) throws RefusedException {
    requireJson(ctx);
    if (ctx.req().getContentLengthLong() > MAX_BYTES) {
      throw tooLong();
    }
    Object value;
    try (Bounded bytes = new Bounded(ctx.req().getInputStream())) {
      value = Json.read(bytes);
    } catch (TooLongException e) {
      throw tooLong();
    } catch (MalformedJsonException e) {
      throw new RefusedException(400, "The body is not valid JSON: " + e.getMessage() + ".");
    } catch (IOException e) {
      // The client has gone; that is its right, and no fault to report.
      throw new RefusedException(400, "The request ended before its body did.");
    }
    if (value instanceof Map<?, ?> object) {
      return object;
    }
    throw new RefusedException(400, "The body must be a JSON object, such as {\"params\": {}}.");
  }

  /**
   * Refuses a request whose content type is not JSON's.
   *
   * @throws RefusedException 415
   */
  static void requireJson(Context ctx) throws RefusedException {
    String type = ctx.contentType();
    String bare = type == null ? "" : type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    if (!bare.equals("application/json") && !bare.equals("application/json-rpc")) {
      throw new RefusedException(415, "Send JSON, with the header Content-Type: application/json.");
    }
  }

  private static RefusedException tooLong() {
    return new RefusedException(
        413, "The body is longer than the " + (MAX_BYTES >> 20) + " MB that are accepted.");
  }

  private static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Fails after {@link #MAX_BYTES}, since a chunked body does not announce its length. */
  private static final class Bounded extends FilterInputStream {
    private long left = MAX_BYTES;

    Bounded(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      left -= Math.max(0, count);
      if (left < 0) {
        throw new TooLongException();
      }
      return count;
    }
  }
}
