package iotbox.stock.serial;

/**
 * What a scale said when it was asked.
 *
 * @param weight in the unit that the scale shows; 0 where it gives none
 * @param note what keeps the scale from a weight for the moment, such as "Scale in motion"; empty
 *     when it weighs
 * @param fault what keeps it from weighing until somebody does something, and what; empty if
 *     nothing
 */
public record WeightReading(double weight, String note, String fault) {
  /** A weight. */
  public static WeightReading of(double weight) {
    return new WeightReading(weight, "", "");
  }

  /** No weight yet; it passes by itself. */
  public static WeightReading unsettled(String note) {
    return new WeightReading(0, note, "");
  }

  /** No weight until somebody does what the sentence says. */
  public static WeightReading faulty(String sentence) {
    return new WeightReading(0, "", sentence);
  }
}
