package iotbox.box.odoo.bus;

/** What waits to be told to Odoo. */
final class Waiting {
  /** In the order of telling. */
  final long number;

  /** Of the server. */
  final String path;

  /** The parameters. */
  final String json;

  /** Whether it is in the journal; guarded by the lock of {@link Confirmations}. */
  boolean kept;

  /** How often the server did not want it; used by the one who sends. */
  int refusals;

  Waiting(long number, String path, String json) {
    this.number = number;
    this.path = path;
    this.json = json;
  }
}
