package iotbox.box.odoo;

/**
 * Puts the handlers that Odoo sent to work. {@link HandlerSync} calls it, on one thread of its own,
 * one call at a time; it may block for as long as compiling takes.
 */
public interface HandlerInstaller {
  /**
   * Replaces the handlers that came from Odoo by those of the archive. Single files that are no
   * good are the installer's to report.
   *
   * @throws Exception if the archive as a whole is no good; the handlers are then as before, and
   *     the message says why
   */
  void install(byte[] zip) throws Exception;

  /**
   * Whether the last archive has replaced all that was there: no earlier version of a file runs on
   * because the new one was refused. Only such an archive is worth a start without Odoo.
   */
  default boolean replacedAll() {
    return true;
  }

  /** No handlers of this database are kept, so that some will come; returns at once. */
  default void expected() {}

  /** A person wants the handlers: what was held back is given another chance. */
  default void retry() {}

  /** Removes the handlers that came from Odoo: the box no longer belongs to that database. */
  void remove();
}
