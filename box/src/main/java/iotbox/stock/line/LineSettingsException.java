package iotbox.stock.line;

import java.util.Map;

/** What a person said about a line cannot be; for each field that is wrong a sentence. */
public final class LineSettingsException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient Map<String, String> problems;

  LineSettingsException(Map<String, String> problems) {
    super(String.join(" ", problems.values()));
    this.problems = Map.copyOf(problems);
  }

  /** By the field's name what is wrong with it and what to do. */
  public Map<String, String> problems() {
    return problems;
  }
}
