package iotbox.box.simulation;

import iotbox.box.simulation.LineScript.Reaction;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Finds in what comes over one wire what a script expects. For one thread at a time.
 *
 * <p>Where the script listens in lines, each line is expected as a whole or not at all. Otherwise
 * whatever ends with something expected counts as that; bytes before it were unexpected.
 */
final class Hearing {
  private static final int LONGEST = 4096;

  private final LineScript script;
  private final List<Pattern> patterns;
  private final Consumer<Heard> out;
  private final StringBuilder pending = new StringBuilder();

  /**
   * What was heard.
   *
   * @param reaction to it; {@code null} if it is not expected
   * @param variables what stood at the places of the variables
   */
  record Heard(String text, Reaction reaction, Map<String, String> variables) {}

  Hearing(LineScript script, Consumer<Heard> out) {
    this.script = script;
    this.out = out;
    patterns = script.reactions().stream().map(reaction -> reaction.expected().pattern()).toList();
  }

  void hear(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      char read = (char) (bytes[i] & 0xFF);
      pending.append(read);
      if (script.terminator() >= 0) {
        if (read == script.terminator()) {
          line(take());
        }
      } else {
        ending();
      }
      if (pending.length() == LONGEST) {
        unexpected(take());
      }
    }
    if (script.terminator() < 0 && script.reactions().isEmpty()) {
      unexpected(take());
    }
  }

  /**
   * Nobody said anything for a while: a line that was begun will not be finished. Another driver
   * may have asked in its own way whether the device is its.
   */
  String forgetLine() {
    return script.terminator() >= 0 ? take() : "";
  }

  /** The first that fits: between those with and without variables the author's order decides. */
  private void line(String line) {
    Optional<Fit> fit =
        fits(matcherOf -> matcherOf.matches(), line)
            .min(Comparator.comparingInt(each -> each.matcher.groupCount()));
    fit.ifPresentOrElse(this::expected, () -> unexpected(line));
  }

  /** The longest that ends here. */
  private void ending() {
    String text = pending.toString();
    fits(matcher -> endsWith(matcher, text), text)
        .min(Comparator.comparingInt(each -> each.matcher.start()))
        .ifPresent(
            fit -> {
              pending.setLength(0);
              unexpected(text.substring(0, fit.matcher.start()));
              expected(fit);
            });
  }

  private static boolean endsWith(Matcher matcher, String text) {
    while (matcher.find()) {
      if (matcher.end() == text.length()) {
        return true;
      }
    }
    return false;
  }

  private record Fit(Reaction reaction, Matcher matcher) {}

  private java.util.stream.Stream<Fit> fits(
      java.util.function.Predicate<Matcher> fits, String text) {
    return IntStream.range(0, patterns.size())
        .mapToObj(i -> new Fit(script.reactions().get(i), patterns.get(i).matcher(text)))
        .filter(fit -> fits.test(fit.matcher));
  }

  private void expected(Fit fit) {
    Map<String, String> variables = new LinkedHashMap<>();
    fit.reaction.expected().read(fit.matcher, variables::put);
    out.accept(new Heard(fit.matcher.group(), fit.reaction, variables));
  }

  private void unexpected(String text) {
    if (!text.isEmpty()) {
      out.accept(new Heard(text, null, Map.of()));
    }
  }

  private String take() {
    String text = pending.toString();
    pending.setLength(0);
    return text;
  }
}
