package iotbox.tests;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page in Prometheus' text format, version 0.0.4, read as strictly as the format is written down:
 * whatever Prometheus would refuse or misunderstand fails the test.
 */
final class Exposition {
  private static final Pattern COMMENT =
      Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\[\"\\\\n])*)\"(,|$)");
  private static final Map<String, List<String>> SUFFIXES =
      Map.of(
          "counter", List.of(""),
          "gauge", List.of(""),
          "histogram", List.of("_bucket", "_count", "_sum"),
          "summary", List.of("", "_count", "_sum"));

  private final Map<String, String> helps = new LinkedHashMap<>();
  private final Map<String, String> types = new LinkedHashMap<>();
  private final Map<Series, Double> samples = new LinkedHashMap<>();

  private record Series(String name, Map<String, String> labels) {}

  private Exposition() {}

  static Exposition of(String text) {
    Exposition page = new Exposition();
    check(text.endsWith("\n"), "the last line has no end");
    String family = "";
    for (String line : text.substring(0, text.length() - 1).split("\n", -1)) {
      family = page.read(line, family);
    }
    page.checkNames();
    page.checkHistograms();
    return page;
  }

  /** The family that the next line belongs to, unless it begins another. */
  private String read(String line, String family) {
    Matcher comment = COMMENT.matcher(line);
    if (comment.matches()) {
      String name = comment.group(2);
      boolean help = comment.group(1).equals("HELP");
      String before = (help ? helps : types).put(name, comment.group(3));
      check(before == null, line + " is there twice");
      check(help || name.equals(family), line + " has no help text before it");
      check(help || SUFFIXES.containsKey(comment.group(3)), line);
      return name;
    }
    Matcher sample = SAMPLE.matcher(line);
    check(sample.matches(), "this is no sample: " + line);
    String type = types.get(family);
    check(type != null, line + " has no type before it");
    boolean own =
        SUFFIXES.get(type).stream().anyMatch(suffix -> sample.group(1).equals(family + suffix));
    check(own, line + " stands among those of " + family);
    Series series = new Series(sample.group(1), labels(sample.group(2)));
    check(samples.put(series, number(sample.group(3))) == null, line + " is there twice");
    return family;
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new TreeMap<>();
    Matcher label = LABEL.matcher(text == null ? "" : text);
    int end = 0;
    while (text != null && end < text.length()) {
      check(label.find(end) && label.start() == end, "these are no labels: " + text);
      String value =
          label.group(2).replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\");
      check(labels.put(label.group(1), value) == null, "a label is there twice: " + text);
      end = label.end();
    }
    return labels;
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /** As Prometheus' users expect them. */
  private void checkNames() {
    types.forEach(
        (name, type) -> {
          check(
              type.equals("counter") == name.endsWith("_total"),
              name + " is a " + type + ", which its name does not tell");
          check(!name.matches(".*_(ms|millis|milliseconds|kb|mb|minutes)(_total)?"), name);
        });
  }

  private void checkHistograms() {
    Map<Series, Double> last = new HashMap<>();
    Set<Series> whole = new HashSet<>();
    samples.forEach(
        (series, count) -> {
          if (series.name.endsWith("_bucket")) {
            Map<String, String> labels = new TreeMap<>(series.labels);
            String bound = labels.remove("le");
            Series total = new Series(series.name.replaceFirst("_bucket$", "_count"), labels);
            check(count >= last.getOrDefault(total, 0.0), series + " is less than the one before");
            last.put(total, count);
            if (bound.equals("+Inf")) {
              whole.add(total);
              check(count.equals(samples.get(total)), series + " is not the count of all");
            }
          }
        });
    check(whole.equals(last.keySet()), "a histogram has no bound +Inf");
  }

  private static void check(boolean good, String fault) {
    if (!good) {
      throw new AssertionError(fault);
    }
  }

  /** All families, by name, with their kind. */
  Map<String, String> types() {
    return types;
  }

  /** The value with exactly these labels, given as {@code name, value, name, value}. */
  OptionalDouble find(String name, String... labels) {
    Map<String, String> wanted = new TreeMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      wanted.put(labels[i], labels[i + 1]);
    }
    Double value = samples.get(new Series(name, wanted));
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** As {@link #find}, where it must be there. */
  double value(String name, String... labels) {
    return find(name, labels)
        .orElseThrow(
            () -> {
              List<Series> like =
                  new ArrayList<>(
                      samples.keySet().stream()
                          .filter(series -> series.name.equals(name))
                          .toList());
              return new AssertionError(name + List.of(labels) + " is not there, but " + like);
            });
  }
}
