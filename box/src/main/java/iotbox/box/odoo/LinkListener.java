package iotbox.box.odoo;

/**
 * Hears how the box stands with Odoo. {@link OdooLink} calls it on its own thread; nothing here may
 * block.
 */
public interface LinkListener {
  /** Odoo has accepted the box and its devices; told again each time it has. */
  void connected(OdooConnection connection);

  /** Odoo refuses the box, or the box turns to another server: the last connection is over. */
  void parted();

  /** The box belongs to nobody: also what was kept for the last connection is of no use. */
  void unpaired();
}
