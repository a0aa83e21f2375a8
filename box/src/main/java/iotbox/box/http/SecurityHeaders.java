package iotbox.box.http;

import io.javalin.http.Context;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
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
final class SecurityHeaders implements HttpConfiguration.Customizer {
  private static final List<HttpField> FIELDS =
      List.of(
          new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
          new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
          new PreEncodedHttpField(
              "Content-Security-Policy",
              "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
          new PreEncodedHttpField("X-Frame-Options", "DENY"),
          new PreEncodedHttpField(
              "Permissions-Policy", "camera=(), geolocation=(), microphone=(), serial=(), usb=()"),
          new PreEncodedHttpField("Cross-Origin-Opener-Policy", "same-origin"),
          new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"),
          new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store"));

  /** Before the request is looked at. */
  @Override
  public Request customize(Request request, HttpFields.Mutable answer) {
    putInto(answer);
    return request;
  }

  /** For an answer that began anew, such as that to a request which could not be read. */
  static void putInto(HttpFields.Mutable answer) {
    FIELDS.forEach(answer::put);
  }

  /** Lets pages of other origins use the answer; which of them may, CORS decides. */
  static void forOtherOrigins(Context ctx) {
    ctx.header("Cross-Origin-Resource-Policy", "cross-origin");
  }
}
