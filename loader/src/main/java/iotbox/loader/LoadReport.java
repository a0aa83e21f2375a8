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
   * @param compileMillis how long it took to come to the new handlers, from their files to checked
   *     classes
   * @param millis how long it took in all, until the old handlers had stopped and the new ones were
   *     in their place
   */
  record Changed(Handlers handlers, int failed, int compiled, long compileMillis, long millis)
      implements LoadReport {}
}
