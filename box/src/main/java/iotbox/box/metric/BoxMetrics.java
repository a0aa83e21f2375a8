package iotbox.box.metric;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import iotbox.box.http.part.MetricsPage;
import iotbox.box.http.part.Traffic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Makes the page. Each time it is made anew of what the parts of the box know at that moment, so
 * that nothing has to be told when devices and drivers come and go.
 */
final class BoxMetrics implements MetricsPage {
  private final ExpositionFormats formats = ExpositionFormats.init();
  private final List<Section> sections;

  BoxMetrics(List<Section> sections) {
    this.sections = List.copyOf(sections);
  }

  @Override
  public Text text(String accept, Traffic traffic) {
    Families families = new Families();
    sections.forEach(section -> section.writeTo(families));
    new TrafficSection(traffic).writeTo(families);
    ExpositionFormatWriter writer = writer(accept);
    ByteArrayOutputStream page = new ByteArrayOutputStream(32 << 10);
    try {
      writer.write(page, families.snapshots());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // It is written into memory.
    }
    return new Text(writer.getContentType(), page.toByteArray());
  }

  /** One of the two texts; Prometheus would take protocol buffers rather, which are not there. */
  private ExpositionFormatWriter writer(String accept) {
    ExpositionFormatWriter open = formats.getOpenMetricsTextFormatWriter();
    return open.accepts(accept) ? open : formats.getPrometheusTextFormatWriter();
  }
}
