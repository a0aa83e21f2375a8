package iotbox.box.odoo;

import java.time.Instant;
import java.util.Locale;

/**
 * How the box stands with Odoo; {@code odoo} in {@code /api/status}. Carries no secrets.
 *
 * @param url of the server, or {@code null} while unpaired
 * @param detail what is wrong and what to do, or {@code null}
 * @param lastSync when Odoo last accepted the box and its devices, or {@code null}
 */
public record OdooStatus(String url, State state, String detail, Instant lastSync) {
  /** What to do after a refusal. */
  static final String TOKEN_NOT_ACCEPTED =
      "Odoo did not accept the token: it was used before, has expired, or the box was deleted"
          + " there. Copy a new token from Odoo (IoT app, Connect) and pair the box again.";

  static final OdooStatus UNPAIRED = new OdooStatus(null, State.UNPAIRED, null, null);

  static OdooStatus connecting(String url) {
    return new OdooStatus(url, State.CONNECTING, null, null);
  }

  /** The states of the link. */
  public enum State {
    UNPAIRED,
    /** Paired, and Odoo has not answered yet. */
    CONNECTING,
    /** Odoo has the box and its devices. */
    CONNECTED,
    /** Odoo answered that it does not accept the token. */
    REFUSED,
    /** No answer, or none that makes sense; the box keeps trying. */
    UNREACHABLE;

    /** The word in {@code /api/status}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  OdooStatus with(State next, String why) {
    return new OdooStatus(url, next, why, lastSync);
  }

  OdooStatus synced(Instant now) {
    return new OdooStatus(url, State.CONNECTED, null, now);
  }
}
