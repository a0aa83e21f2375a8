package iotbox.box.metric;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import iotbox.box.tally.Durations;
import iotbox.box.tally.Durations.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One page in the making: each family has a name without the suffixes of its kind, a help text, and
 * values with labels. For one thread.
 */
final class Families {
  private final List<MetricSnapshot> all = new ArrayList<>();

  /** What is so at the moment. */
  void gauge(String name, String help, double value) {
    gauge(name, help, Map.of(Labels.EMPTY, value));
  }

  /** What is so at the moment, by labels. */
  void gauge(String name, String help, Map<Labels, ? extends Number> values) {
    GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name).help(help);
    values.forEach(
        (labels, value) ->
            family.dataPoint(new GaugeDataPointSnapshot(value.doubleValue(), labels, null)));
    all.add(family.build());
  }

  /** How often something happened. */
  void counter(String name, String help, double value) {
    counter(name, help, Map.of(Labels.EMPTY, value));
  }

  /** How often something happened, by labels. */
  void counter(String name, String help, Map<Labels, ? extends Number> values) {
    CounterSnapshot.Builder family = CounterSnapshot.builder().name(name).help(help);
    values.forEach(
        (labels, value) ->
            family.dataPoint(new CounterDataPointSnapshot(value.doubleValue(), labels, null, 0)));
    all.add(family.build());
  }

  /** How often something happened, and how long it took in all. */
  void summary(String name, String help, List<SummaryDataPointSnapshot> points) {
    SummarySnapshot.Builder family = SummarySnapshot.builder().name(name).help(help);
    points.forEach(family::dataPoint);
    all.add(family.build());
  }

  /** How often something took how long. */
  void histogram(String name, String help, String who, List<Counted> durations) {
    HistogramSnapshot.Builder family = HistogramSnapshot.builder().name(name).help(help);
    for (Counted counted : durations) {
      family.dataPoint(
          HistogramDataPointSnapshot.builder()
              .labels(Labels.of(who, counted.who(), "outcome", counted.outcome()))
              .classicHistogramBuckets(buckets(counted.counts()))
              .sum(counted.seconds())
              .build());
    }
    all.add(family.build());
  }

  private static ClassicHistogramBuckets buckets(long[] counts) {
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    double[] bounds = Durations.bounds();
    for (int i = 0; i < counts.length; i++) {
      buckets.bucket(i < bounds.length ? bounds[i] : Double.POSITIVE_INFINITY, counts[i]);
    }
    return buckets.build();
  }

  /** What never changes while the box runs. */
  void info(String name, String help, Labels labels) {
    all.add(
        InfoSnapshot.builder()
            .name(name)
            .help(help)
            .dataPoint(InfoDataPointSnapshot.builder().labels(labels).build())
            .build());
  }

  /** Families that somebody else made. */
  void add(Iterable<MetricSnapshot> families) {
    families.forEach(all::add);
  }

  /** The page. */
  MetricSnapshots snapshots() {
    return new MetricSnapshots(all);
  }
}
