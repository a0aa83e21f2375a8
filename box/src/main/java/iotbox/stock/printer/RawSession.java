package iotbox.stock.printer;

import iotbox.stock.printer.raw.Inquiry;
import iotbox.stock.printer.raw.LineException;
import iotbox.stock.printer.raw.PrinterState;
import iotbox.stock.printer.raw.RawLine;
import iotbox.stock.printer.raw.RawOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * One connection with a printer that takes bytes, and what is known of a job when it ends: whether
 * it may be sent again depends on whether the printer took anything of it.
 */
final class RawSession implements AutoCloseable {
  private final Opener opener;
  private final Inquiry inquiry;
  private final Duration patience;
  private RawLine line;

  interface Opener {
    RawLine open() throws IOException, InterruptedException;
  }

  /**
   * Opens the line.
   *
   * @throws IOException if the printer cannot be reached
   */
  RawSession(Opener opener, Inquiry inquiry, Duration patience)
      throws IOException, InterruptedException {
    this.opener = opener;
    this.inquiry = inquiry;
    this.patience = patience;
    this.line = opener.open();
  }

  /** The line was lost before the job was touched. */
  static final class LostEarlyException extends IOException {
    private static final long serialVersionUID = 1L;

    LostEarlyException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /**
   * Prints one job.
   *
   * @throws IOException if the printer could not be asked: nothing of the job was written
   */
  PrintOutcome print(PrintJob job) throws IOException, InterruptedException {
    Optional<PrinterState> before = ask();
    if (before.isPresent() && !before.get().able()) {
      return PrintOutcome.notPrinted(trouble(before.get()), sentence(before.get()));
    }
    RawOutput out = new RawOutput(line, patience);
    try {
      job.body().writeTo(out);
      out.flush();
    } catch (IOException e) {
      return out.interrupted() ? interrupted() : cutShort(e, out.sent() > 0);
    }
    return finish(before.orElse(PrinterState.READY));
  }

  private static PrintOutcome interrupted() throws InterruptedException {
    throw new InterruptedException("while printing");
  }

  private static PrintOutcome cutShort(IOException e, boolean begun) {
    boolean overdue = e instanceof LineException line && line.overdue();
    if (!begun) {
      return PrintOutcome.notPrinted(
          overdue ? PrinterTrouble.ERROR_TIMEOUT : PrinterTrouble.ERROR_UNREACHABLE,
          "The printer took nothing: " + e.getMessage());
    }
    return PrintOutcome.unknown(
        overdue ? PrinterTrouble.ERROR_TIMEOUT : PrinterTrouble.ERROR_UNKNOWN,
        (overdue
                ? "The printer stopped in the middle: "
                : "The connection to the printer was lost in the middle: ")
            + e.getMessage()
            + ". Look what it has printed before you print it again");
  }

  /** All was sent. */
  private PrintOutcome finish(PrinterState before) throws InterruptedException {
    Optional<PrinterState> after;
    try {
      after = inquiry.awaitPrinted(line);
      if (after.isEmpty()) {
        line.finish();
      }
    } catch (IOException e) {
      return PrintOutcome.unknown(
          PrinterTrouble.ERROR_UNKNOWN,
          "The connection to the printer was lost at the end: "
              + e.getMessage()
              + ". Look what it has printed before you print it again");
    }
    PrinterState now = after.orElse(before);
    if (!now.able()) {
      return PrintOutcome.unknown(
          trouble(now),
          sentence(now) + ". Then look what it has printed before you print it again");
    }
    return now.paperLow() || before.paperLow() ? low() : PrintOutcome.PRINTED;
  }

  /** How the printer is doing. */
  PrintOutcome look() throws IOException, InterruptedException {
    Optional<PrinterState> state = ask();
    if (state.isPresent() && !state.get().able()) {
      return PrintOutcome.notPrinted(trouble(state.get()), sentence(state.get()));
    }
    return state.filter(PrinterState::paperLow).isPresent() ? low() : PrintOutcome.PRINTED;
  }

  private Optional<PrinterState> ask() throws IOException, InterruptedException {
    Optional<PrinterState> state;
    try {
      state = inquiry.ask(line);
    } catch (IOException e) {
      throw new LostEarlyException(e);
    }
    if (!line.usable()) {
      line = opener.open();
    }
    return state;
  }

  private static PrintOutcome low() {
    return PrintOutcome.printedBut(
        PrinterTrouble.WARNING_LOW_PAPER, "The paper is nearly used up; have a new roll ready");
  }

  private static PrinterTrouble trouble(PrinterState state) {
    return state.paperOut() && !state.coverOpen()
        ? PrinterTrouble.ERROR_NO_PAPER
        : PrinterTrouble.ERROR_OFFLINE;
  }

  private static String sentence(PrinterState state) {
    if (state.coverOpen()) {
      return "The printer's cover is open; close it";
    }
    if (state.paperOut()) {
      return "The printer has no paper; put in a new roll";
    }
    if (state.fault()) {
      return "The printer reports a fault, such as a jam; free the paper, then switch it off and on";
    }
    return "The printer is offline; look at its lights, or switch it off and on";
  }

  @Override
  public void close() {
    line.close();
  }
}
