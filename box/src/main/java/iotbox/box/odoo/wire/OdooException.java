package iotbox.box.odoo.wire;

import iotbox.box.odoo.pairing.Pairing;

/**
 * Why a call to Odoo brought no usable answer. The message is a sentence for people; it carries no
 * secrets of the box, but may quote the server, see {@link Pairing#withoutSecrets}.
 */
public final class OdooException extends Exception {
  private static final long serialVersionUID = 1L;

  /** How far the call came. */
  public enum Kind {
    /** The server was not reached. */
    NO_CONNECTION,
    /** It was reached, and then nothing complete came back. */
    NO_ANSWER,
    /** It answered something else than what was asked for. */
    BAD_ANSWER,
    /** It understood the call and does not want it: Odoo's own error, or HTTP 4xx. */
    REFUSED
  }

  private final Kind kind;

  public OdooException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  OdooException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
