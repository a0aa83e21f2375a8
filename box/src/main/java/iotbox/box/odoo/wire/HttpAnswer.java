package iotbox.box.odoo.wire;

import java.util.Locale;

/**
 * What came back over HTTP, whole.
 *
 * @param contentType empty if there is none
 * @param etag without quotes, or {@code null}
 */
public record HttpAnswer(int status, String contentType, String etag, byte[] body) {
  /** Whether it is what was asked for. */
  public boolean successful() {
    return status >= 200 && status < 300;
  }

  /** Whether a proxy says that it got no answer itself. */
  boolean gatewayError() {
    return status >= 502 && status <= 504;
  }

  /** Whether the call itself is what the server does not want. */
  boolean clientError() {
    return status >= 400 && status < 500;
  }

  boolean json() {
    return contentType.toLowerCase(Locale.ROOT).contains("json") || begins('{') || begins('[');
  }

  boolean html() {
    return contentType.toLowerCase(Locale.ROOT).contains("html") || begins('<');
  }

  private boolean begins(char first) {
    for (byte each : body) {
      if (!Character.isWhitespace(each)) {
        return each == first;
      }
    }
    return false;
  }
}
