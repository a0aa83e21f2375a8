package iotbox.box.http.message;

import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * What every answer tells browsers to refrain from, errors included. A route that needs more says
 * so itself, and its header replaces the one from here: the homepage may load its own files, and
 * what Odoo's pages speak with may be used by pages of another origin.
 *
 * <p>{@code Strict-Transport-Security} is not among them: a browser that remembers it would not
 * come back by HTTP, which Odoo without HTTPS needs, and could not pass by the box's own
 * certificate any more.
 */
public final class SecurityHeaders implements HttpConfiguration.Customizer {
  private static final List<HttpField> FIELDS =
      List.of(
          new Lines(
              "X-Content-Type-Options: nosniff",
              "Referrer-Policy: no-referrer",
              "X-Frame-Options: DENY",
              "Permissions-Policy: camera=(), geolocation=(), microphone=(), serial=(), usb=()",
              "Cross-Origin-Opener-Policy: same-origin"),
          new PreEncodedHttpField(
              "Content-Security-Policy",
              "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
          new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"),
          new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store"));

  /** Before the request is looked at, so that nothing is there yet that could be meant, too. */
  @Override
  public Request customize(Request request, HttpFields.Mutable answer) {
    FIELDS.forEach(answer::add);
    return request;
  }

  /** For an answer that began anew, such as that to a request which could not be read. */
  public static void putInto(HttpFields.Mutable answer) {
    FIELDS.forEach(answer::put);
  }

  /** Lines that no route replaces, written at once: each for itself costs a quick answer more. */
  private static final class Lines extends PreEncodedHttpField {
    private final byte[] lines;

    Lines(String first, String... others) {
      super(first.split(": ")[0], first.split(": ")[1]);
      String all = first + "\r\n" + String.join("\r\n", others) + "\r\n";
      lines = all.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void putTo(ByteBuffer buffer, HttpVersion version) {
      buffer.put(lines);
    }
  }

  /** Lets pages of other origins use the answer; which of them may, CORS decides. */
  public static void forOtherOrigins(Context ctx) {
    ctx.header("Cross-Origin-Resource-Policy", "cross-origin");
  }
}
