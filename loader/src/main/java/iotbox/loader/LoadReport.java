package iotbox.loader;

/** What a reload did. */
public sealed interface LoadReport {
  /** The handlers after the reload. */
  Handlers handlers();

  /** The files were the same as before; nothing happened. */
  record Unchanged(Handlers handlers) implements LoadReport {}

  /**
   * Something changed.
   *
   * @param failed so many files were refused, each with its diagnostics in the status
   * @param compiled how often a compiler ran: 0 if all classes were there from before
   */
  record Changed(Handlers handlers, int failed, int compiled, long millis) implements LoadReport {}
}
