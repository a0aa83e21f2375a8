package iotbox.box.command;

import iotbox.loader.Diagnostic;
import java.util.Locale;

/**
 * One thing to say of a place in a file.
 *
 * @param file as the person at the console can open it
 * @param line from 1
 * @param column from 1
 */
public record Finding(String file, int line, int column, Severity severity, String message) {
  /** How bad it is: only an error makes a check fail. */
  public enum Severity {
    ERROR,
    WARNING,
    NOTE;

    /** As compilers write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What concerns the whole file is said of its beginning, where editors can jump to. */
  public static Finding of(String file, Diagnostic diagnostic, Severity severity) {
    return new Finding(
        file,
        Math.max(1, diagnostic.line()),
        Math.max(1, diagnostic.column()),
        severity,
        diagnostic.message());
  }

  /** As compilers write it, so that editors and machines that build find the place. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": " + severity.word() + ": " + message;
  }
}
