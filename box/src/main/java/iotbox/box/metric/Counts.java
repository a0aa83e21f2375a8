package iotbox.box.metric;

import io.prometheus.metrics.model.snapshots.Labels;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Forms of values with labels. */
final class Counts {
  private Counts() {}

  /** The same with the words as values of this label. */
  static Map<Labels, Long> by(String label, Map<String, Long> counts) {
    Map<Labels, Long> labelled = new LinkedHashMap<>();
    counts.forEach((word, count) -> labelled.put(Labels.of(label, word), count));
    return labelled;
  }

  /** The word of an enum's constant. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** One more under these labels. */
  static void add(Map<Labels, Long> counts, Labels labels) {
    counts.merge(labels, 1L, Long::sum);
  }
}
