package iotbox.box.http;

import io.javalin.http.Context;
import iotbox.box.json.PythonJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * The signatures that servers of 19 and later have their pages send in {@code Authorization}
 * (protocol section 2): an HMAC, keyed with the pairing token, over the time, the path, the query
 * and the parameters. One that is sent must be right; whether one must be sent is for the owner to
 * say.
 *
 * <p>The time is not sent along: it is one of the seconds around now. The same signature is right
 * as often as it comes meanwhile, as on Odoo's own boxes, since a page that polls twice within a
 * second sends the same thing twice; an action that must not be done twice has an {@code
 * action_unique_id}.
 *
 * <p>Neither tokens nor signatures get into messages. Threads: any number at a time.
 */
final class RequestSignatures {
  /** Seconds by which Odoo's clock may differ from the box's. */
  static final int WINDOW = 5;

  private static final String VALID = RequestSignatures.class.getName();
  private static final Pattern SIGNATURE = Pattern.compile("[0-9a-fA-F]{64}");
  private static final String HEADER = "Authorization";

  private final OdooControl odoo;
  private final Clock clock;

  RequestSignatures(OdooControl odoo, Clock clock) {
    this.odoo = odoo;
    this.clock = clock;
  }

  /** Whether the request carried a signature of the paired Odoo that was found right. */
  static boolean isValid(Context ctx) {
    return Boolean.TRUE.equals(ctx.attribute(VALID));
  }

  /**
   * Looks at the request's signature, if it has one. While the box belongs to nobody there is no
   * token, and so nothing to tell right from wrong by: a signature counts as none then.
   *
   * @throws RpcException with the code 403 if it is wrong, or there is none and must be one
   */
  void check(Context ctx, Params params) throws RpcException {
    Optional<SecretKey> key = odoo.requestKey();
    String signature = signature(ctx);
    if (signature != null && key.isPresent()) {
      if (!isRight(signature, key.get(), ctx, params)) {
        throw RpcException.forbidden(
            "The signature of this request is wrong. Either it was not made with this box's token,"
                + " or the clocks of the Odoo server and of the box differ by more than "
                + WINDOW
                + " seconds; set both by the network's time.");
      }
      ctx.attribute(VALID, true);
    } else if (odoo.requiresSignedRequests()) {
      throw RpcException.forbidden(
          key.isPresent()
              ? "This box takes signed requests only, as Odoo 19 and later send them, and this one"
                  + " is not signed. To take others, start the box without"
                  + " --require-signed-requests."
              : "This box takes signed requests only, and belongs to no Odoo whose signature it"
                  + " could check; pair it first.");
    }
  }

  /** Credentials with a scheme, such as Basic, are for a proxy on the way. */
  private static String signature(Context ctx) {
    String header = ctx.header(HEADER);
    return header == null || header.isBlank() || header.strip().contains(" ")
        ? null
        : header.strip();
  }

  private boolean isRight(String signature, SecretKey key, Context ctx, Params params) {
    if (!SIGNATURE.matcher(signature).matches()) {
      return false;
    }
    byte[] given = HexFormat.of().parseHex(signature);
    String middle = "|" + ctx.path() + "|" + text(query(ctx.queryString())) + "|";
    long now = clock.instant().getEpochSecond();
    for (int away = 0; away <= WINDOW; away++) {
      if (MessageDigest.isEqual(given, hmac(key, now - away + middle, params))
          || away > 0 && MessageDigest.isEqual(given, hmac(key, now + away + middle, params))) {
        return true;
      }
    }
    return false;
  }

  private static byte[] hmac(SecretKey key, String beginning, Params params) {
    try (MacStream out = new MacStream(key)) {
      out.write(beginning.getBytes(StandardCharsets.UTF_8));
      PythonJson.write(params.values(), out);
      return out.result();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Nothing of this leaves memory.
    }
  }

  private static String text(Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      PythonJson.write(value, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Memory can always be written to.
    }
    return bytes.toString(StandardCharsets.US_ASCII);
  }

  /** As Python's {@code parse_qsl} takes it apart; of equal names the last one counts. */
  static Map<String, String> query(String query) {
    Map<String, String> values = new LinkedHashMap<>();
    if (query != null) {
      for (String field : query.split("&")) {
        if (!field.isEmpty()) {
          String[] parts = field.split("=", 2);
          values.put(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
        }
      }
    }
    return values;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // A stray percent sign; no client of Odoo's sends one.
    }
  }

  /** Gathers what is written, since single bytes would cost a call each; uses little memory. */
  private static final class MacStream extends OutputStream {
    private final Mac mac;
    private final byte[] buffer = new byte[8192];
    private int count;

    MacStream(SecretKey key) {
      try {
        mac = Mac.getInstance("HmacSHA256");
        mac.init(key);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e); // Every JVM has it, and it takes any key.
      }
    }

    @Override
    public void write(int b) {
      if (count == buffer.length) {
        pass();
      }
      buffer[count++] = (byte) b;
    }

    private void pass() {
      mac.update(buffer, 0, count);
      count = 0;
    }

    byte[] result() {
      pass();
      return mac.doFinal();
    }
  }
}
