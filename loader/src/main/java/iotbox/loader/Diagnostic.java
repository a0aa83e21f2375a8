package iotbox.loader;

import java.util.Locale;

/**
 * One thing to say about a handler file.
 *
 * @param line from 1; 0 when it concerns the whole file
 * @param column from 1; 0 when it concerns the whole line
 * @param message a sentence that says what to do
 * @param source the line of the source as its author wrote it, or {@code null}
 */
public record Diagnostic(int line, int column, Severity severity, String message, String source) {
  /** How bad it is: only an error keeps a file from being loaded. */
  public enum Severity {
    ERROR,
    WARNING;

    /** The word in {@code /api/status}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** An error at a place. */
  public static Diagnostic error(int line, int column, String message) {
    return new Diagnostic(line, column, Severity.ERROR, message, null);
  }

  /** An error of the file as a whole. */
  public static Diagnostic error(String message) {
    return error(0, 0, message);
  }

  /** A warning at a place. */
  public static Diagnostic warning(int line, int column, String message) {
    return new Diagnostic(line, column, Severity.WARNING, message, null);
  }

  /** The same with the line of the source that it speaks of. */
  Diagnostic quoting(SourceFile file) {
    return new Diagnostic(line, column, severity, message, file.line(line));
  }
}
