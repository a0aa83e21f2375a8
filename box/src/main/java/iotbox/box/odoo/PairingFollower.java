package iotbox.box.odoo;

/**
 * A part of the box that lives by the pairing. {@link OdooLink} calls it on its own thread, each
 * time the pairing changes and once at the start; no call may block.
 */
interface PairingFollower {
  /** The box belongs to this pairing now. */
  void pairedWith(Pairing pairing, OdooServer server);

  /** The box belongs to nobody now. */
  void unpaired();
}
