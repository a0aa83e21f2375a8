package iotbox.box.dev;

import iotbox.box.command.Finding;
import java.util.List;

/** A finding, the line that it speaks of, and a mark below the place. */
final class SourceQuote {
  private static final String INDENT = "    ";

  private SourceQuote() {}

  /**
   * @param source the line, or {@code null}
   */
  static List<String> lines(Finding finding, String source) {
    if (source == null || source.isBlank()) {
      return List.of(finding.toString());
    }
    String before = source.substring(0, Math.min(finding.column() - 1, source.length()));
    // Tabs stay what they are, so that the mark is below its place however wide they are shown.
    String space = before.replaceAll("[^\\t]", " ");
    return List.of(finding.toString(), INDENT + source, INDENT + space + "^");
  }
}
