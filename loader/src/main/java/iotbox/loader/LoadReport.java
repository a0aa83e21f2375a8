package iotbox.loader;

/** What a reload did. */
public sealed interface LoadReport {
  /** The handlers after the reload. */
  Handlers handlers();

  /** The files were the same as before; nothing happened. */
  record Unchanged(Handlers handlers) implements LoadReport {}

  /**
   * Something changed; {@code failed} of the files were refused, each with its diagnostics in the
   * status.
   */
  record Changed(Handlers handlers, int failed, long millis) implements LoadReport {}
}
