package iotbox.box.odoo;

import iotbox.box.odoo.pairing.BadPairingException;
import java.util.concurrent.CompletableFuture;

/** What Odoo may ask of the link itself. On any thread; returns at once. */
public interface LinkControl {
  /**
   * The box belongs to nobody from now on.
   *
   * @return completes when the pairing is forgotten, on disk too; fails if it is forgotten in
   *     memory only
   */
  CompletableFuture<Void> unpair();

  /**
   * The box's database is found at another address from now on; without effect while unpaired.
   *
   * @throws BadPairingException if that is no address of a server; everything is as before
   */
  void moved(String url) throws BadPairingException;

  /** Odoo may have other handlers than it had. */
  void handlersChanged();

  /** Tells Odoo everything anew and fetches the handlers, as after a start of the program. */
  void restart();
}
