package iotbox.box.http.part;

import iotbox.box.device.open.ActionResult;
import iotbox.handler.ActionData;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.crypto.SecretKey;

/**
 * What the homepage and the status need of the Odoo side. Called on threads of the HTTP server, any
 * number at a time; nothing here may wait for the network.
 */
public interface OdooControl {
  /** The present state. */
  OdooView view();

  /** How it stands with Odoo's bus. */
  BusView bus();

  /**
   * What a page asks of the box itself instead of a device; the future never fails.
   *
   * @param vouched whether the owner or the paired Odoo stands behind it; else it may not change
   *     anything
   */
  CompletableFuture<ActionResult> boxAction(ActionData action, boolean vouched);

  /**
   * Pairs the box if the server accepts it; otherwise the former pairing is still there.
   *
   * @param token what a person pasted: a URL, or four parts with {@code |} between
   * @return completes within half a minute: with nothing when the box is paired, or with a sentence
   *     for that person, which says why not and does not contain the token
   * @throws IllegalArgumentException if the text is no token; the message is such a sentence
   */
  CompletableFuture<Optional<String>> pair(String token);

  /**
   * Forgets the server; without effect if there is none. Completes when it is forgotten; fails if
   * it would be known again after a restart.
   */
  CompletableFuture<Void> unpair();

  /**
   * Starts to fetch the handlers again, as a person asked for.
   *
   * @throws IllegalStateException if that is not possible now; the message says why
   */
  void reload();

  /**
   * Whether pages of the server's line want to hear on {@code /iot_drivers/action} what came of an
   * action, and not only that a device took it; {@code true} while the line is not known.
   */
  boolean answersActions();

  /**
   * By which the paired Odoo signs what its pages send; empty while the box is unpaired. Not to be
   * kept: a pairing changes at any moment.
   */
  Optional<SecretKey> requestKey();

  /** Whether requests for actions and events of devices must be signed. */
  boolean requiresSignedRequests();

  /** How the box is called in answers: servers of older lines know it by its MAC address. */
  String boxIdentifier();
}
