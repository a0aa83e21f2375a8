package iotbox.stock.printer.raw;

import java.io.IOException;
import java.util.Optional;

/**
 * How one printer is asked how it is doing, in its language. Remembers what the printer has no
 * answer to, so that no later receipt waits for it. Used by one thread at a time.
 */
public interface Inquiry {
  /**
   * Asks; waits for a second or two.
   *
   * @return empty if the printer does not answer: nothing is known then
   * @throws IOException if the line is lost
   */
  Optional<PrinterState> ask(RawLine line) throws IOException, InterruptedException;

  /**
   * Waits until the printer has printed all that was sent before, or cannot go on.
   *
   * @return how it is doing then; empty if it cannot tell
   * @throws IOException if the line is lost
   */
  Optional<PrinterState> awaitPrinted(RawLine line) throws IOException, InterruptedException;

  /** For a printer that cannot be asked. */
  Inquiry NONE =
      new Inquiry() {
        @Override
        public Optional<PrinterState> ask(RawLine line) {
          return Optional.empty();
        }

        @Override
        public Optional<PrinterState> awaitPrinted(RawLine line) {
          return Optional.empty();
        }
      };
}
