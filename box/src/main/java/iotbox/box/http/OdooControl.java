package iotbox.box.http;

import java.util.Optional;

/**
 * What the homepage and the status need of the Odoo side. Called on threads of the HTTP server, any
 * number at a time; nothing here may wait for the network.
 */
public interface OdooControl {
  /** The present state. */
  OdooView view();

  /**
   * Stores the pairing and starts to connect.
   *
   * @param token what a person pasted: a URL, or four parts with {@code |} between
   * @throws IllegalArgumentException if it is neither; the message, which goes to that person, says
   *     what to do and does not contain the token. The former pairing is then still there.
   */
  void pair(String token);

  /** Forgets the server; without effect if there is none. */
  void unpair();

  /**
   * Starts to fetch the handlers again, as a person asked for.
   *
   * @throws IllegalStateException if that is not possible now; the message says why
   */
  void reload();

  /** Which line the server is of, such as {@code 18.0} or {@code saas~18.2}, once it is known. */
  Optional<String> serie();

  /** How the box is called in answers: servers of older lines know it by its MAC address. */
  String boxIdentifier();
}
