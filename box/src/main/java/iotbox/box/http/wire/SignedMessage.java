package iotbox.box.http.wire;

import iotbox.box.json.PythonJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * What Odoo signs of a request, but for the time: {@code <path>|<query>|<params>}, the latter two
 * as {@link PythonJson}. Is written when it is looked at rather than kept: a printed page has
 * megabytes.
 *
 * @param start the path and the query
 */
record SignedMessage(String start, Params params) {
  /** Seconds by which Odoo's clock may differ from the box's. */
  static final int WINDOW = 5;

  private static final Pattern SIGNATURE = Pattern.compile("[0-9a-fA-F]{64}");

  /**
   * @param query as it was sent, or {@code null}
   */
  static SignedMessage of(String path, String query, Params params) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      PythonJson.write(query(query), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Memory can always be written to.
    }
    String fields = bytes.toString(StandardCharsets.US_ASCII);
    return new SignedMessage("|" + path + "|" + fields + "|", params);
  }

  /**
   * Whether it was signed with this key at a time close to this one. The likeliest second is tried
   * alone and all others at once: so the parameters, which may be megabytes, are written once where
   * the clocks agree, and twice at the most, however wrong the signature is.
   *
   * @param now seconds since 1970
   */
  boolean isSignedBy(String signature, SecretKey key, long now) {
    if (!SIGNATURE.matcher(signature).matches()) {
      return false;
    }
    byte[] given = HexFormat.of().parseHex(signature);
    LongStream others =
        LongStream.rangeClosed(now - WINDOW, now + WINDOW).filter(second -> second != now);
    return isSignedAt(LongStream.of(now), given, key) || isSignedAt(others, given, key);
  }

  /** Where it differs does not show in the time that this takes. */
  private boolean isSignedAt(LongStream seconds, byte[] given, SecretKey key) {
    List<Mac> macs = seconds.mapToObj(second -> begun(second, key)).toList();
    try (MacStream out = new MacStream(macs)) {
      PythonJson.write(params.values(), out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Nothing of this leaves memory.
    }
    boolean right = false;
    for (Mac mac : macs) {
      right |= MessageDigest.isEqual(given, mac.doFinal());
    }
    return right;
  }

  private Mac begun(long second, SecretKey key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update((second + start).getBytes(StandardCharsets.UTF_8));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // Every JVM has it, and it takes any key.
    }
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
    private final List<Mac> macs;
    private final byte[] buffer = new byte[8192];
    private int count;

    MacStream(List<Mac> macs) {
      this.macs = macs;
    }

    @Override
    public void write(int b) {
      if (count == buffer.length) {
        flush();
      }
      buffer[count++] = (byte) b;
    }

    @Override
    public void flush() {
      macs.forEach(mac -> mac.update(buffer, 0, count));
      count = 0;
    }
  }
}
