package iotbox.stock.line;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds the number in a line: a regular expression, whose group named {@code value}, or the first
 * one that is nothing else, is the number. A group named {@code unit} is its unit; where there is
 * one named {@code stable}, the number is stable in lines in which that group is something.
 *
 * <p>Matched in a time that grows with the line's length and no faster (RE2), so that no expression
 * can keep a processor busy; it has no look-around and no back references, in return.
 */
public final class LinePattern {
  private static final int LONGEST = 500;

  /** Of the program that an expression becomes, about; repetitions are written out in it. */
  private static final long LARGEST = 50_000;

  private static final java.util.regex.Pattern REPETITION =
      java.util.regex.Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?}");
  private static final String VALUE = "value";
  private static final String UNIT = "unit";
  private static final String STABLE = "stable";

  private final Pattern pattern;
  private final Map<String, Integer> groups;
  private final int value;

  /**
   * What it found.
   *
   * @param value as it stands in the line
   * @param unit as it stands in the line; empty if it tells none
   */
  record Found(String value, String unit, boolean stable) {}

  private LinePattern(Pattern pattern) {
    this.pattern = pattern;
    this.groups = pattern.namedGroups();
    this.value = groups.getOrDefault(VALUE, firstOther(pattern));
  }

  /** The first group that is neither a unit nor a mark; 0 if there is none. */
  private static int firstOther(Pattern pattern) {
    Map<String, Integer> groups = pattern.namedGroups();
    return IntStream.rangeClosed(1, pattern.groupCount())
        .filter(
            group ->
                !Integer.valueOf(group).equals(groups.get(UNIT))
                    && !Integer.valueOf(group).equals(groups.get(STABLE)))
        .findFirst()
        .orElse(0);
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if it is no regular expression, or says not which part is the
   *     number; with a sentence for people
   */
  public static LinePattern of(String text) {
    if (text.length() > LONGEST || size(text) > LARGEST) {
      throw new IllegalArgumentException(
          "The pattern is too long: use + and * for repetitions, and at most "
              + LONGEST
              + " characters.");
    }
    LinePattern pattern;
    try {
      pattern = new LinePattern(Pattern.compile(text));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "This is no regular expression: "
              + e.getDescription()
              + (e.getPattern() == null ? "." : ", at \"" + e.getPattern() + "\"."),
          e);
    }
    if (pattern.value == 0) {
      throw new IllegalArgumentException(
          "Put round brackets around the part that is the number, such as (\\d+\\.\\d+).");
    }
    return pattern;
  }

  private static long size(String text) {
    long times = 1;
    java.util.regex.Matcher repetitions = REPETITION.matcher(text);
    while (repetitions.find() && times <= LARGEST) {
      String most = repetitions.group(2);
      String count = most == null || most.isEmpty() ? repetitions.group(1) : most;
      times *= Math.max(1, Long.parseLong(count));
    }
    return times * text.length();
  }

  /** Looks for the number; in vain where the pattern does not fit the line. */
  Optional<Found> find(String line) {
    Matcher matcher = pattern.matcher(line);
    if (!matcher.find()) {
      return Optional.empty();
    }
    return Optional.ofNullable(matcher.group(value))
        .map(
            found ->
                new Found(
                    found,
                    groups.containsKey(UNIT) ? orEmpty(matcher.group(UNIT)) : "",
                    !groups.containsKey(STABLE) || !orEmpty(matcher.group(STABLE)).isEmpty()));
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text.strip();
  }
}
