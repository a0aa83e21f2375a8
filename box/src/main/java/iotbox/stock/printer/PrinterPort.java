package iotbox.stock.printer;

/**
 * The way to one printer: a connection for bytes ({@link RawPort}), or a spooler or printer that
 * takes jobs and tells what became of them. It is the native object of a printer's device.
 *
 * <p>Used by the printer's own thread only.
 */
public interface PrinterPort {
  /**
   * Prints, and waits until it is known what became of it. Asks first, where the printer can
   * answer, whether it is able to. Blocks for as long as the printer prints.
   */
  PrintOutcome print(PrintJob job) throws InterruptedException;

  /**
   * Whether the printer could print now, for its status. Blocks for a second at the most.
   *
   * @return {@link PrintOutcome#PRINTED} if nothing is known to be wrong
   */
  PrintOutcome look() throws InterruptedException;

  /** Whether bytes of the printer's own language reach it as they are. */
  boolean raw();
}
