package iotbox.box.odoo;

import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.odoo.wire.OdooConnection;
import iotbox.box.odoo.wire.OdooServer;

/**
 * A part of the box that hears how the box stands with Odoo. {@link OdooLink} calls it on its own
 * thread; nothing here may block.
 */
public interface LinkListener {
  /** The box belongs to this pairing now; its server has perhaps not heard of it yet. */
  default void pairedWith(Pairing pairing, OdooServer server) {}

  /** Odoo has accepted the box and its devices; told again each time it has. */
  default void connected(OdooConnection connection) {}

  /**
   * Odoo gave no answer, or none that makes sense; the box keeps trying, and {@link #connected}
   * follows. What is open to that server may be dead.
   */
  default void lost() {}

  /** Odoo refuses the box, or the box turns to another server: the last connection is over. */
  default void parted() {}

  /**
   * The box belongs to nobody, which is also told at the start: what was kept for the last
   * connection is of no use.
   */
  default void unpaired() {}
}
