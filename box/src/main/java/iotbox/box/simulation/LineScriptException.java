package iotbox.box.simulation;

import java.util.List;
import java.util.stream.Collectors;

/** A device script has faults; the message has a line for each, {@code file:line:column: text}. */
public final class LineScriptException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  /**
   * One fault.
   *
   * @param line from 1
   * @param column from 1
   * @param message a sentence that says what to do
   */
  public record Fault(String file, int line, int column, String message) {
    /** In the form that editors jump to. */
    @Override
    public String toString() {
      return file + ":" + line + ":" + column + ": " + message;
    }
  }

  LineScriptException(List<Fault> faults) {
    super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
    this.faults = List.copyOf(faults);
  }

  /** All faults, in the order of the lines. */
  public List<Fault> faults() {
    return faults;
  }
}
