package iotbox.box.odoo.pairing;

/**
 * A pairing token that cannot be used. The message is a sentence for the person who pasted it: what
 * is wrong and what to do. It never contains any part of the token.
 */
public final class BadPairingException extends Exception {
  private static final long serialVersionUID = 1L;

  BadPairingException(String message) {
    super(message);
  }
}
