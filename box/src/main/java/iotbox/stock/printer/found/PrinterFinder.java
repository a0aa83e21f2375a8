package iotbox.stock.printer.found;

import java.io.IOException;
import java.util.List;

/** Sees printers in one way. Used by one thread at a time. */
interface PrinterFinder {
  /**
   * Those that are there, as far as is known at this moment. Does not wait for anybody: who has to
   * ask, asks, and answers with what came back until then.
   *
   * @throws IOException if it cannot see any more; what it saw last is taken to be still there
   */
  List<Sighting> look() throws IOException;

  /** Whether it has seen what was there from the start, or has given up. */
  default boolean settled() {
    return true;
  }

  /** Releases what it holds. */
  default void close() {}
}
