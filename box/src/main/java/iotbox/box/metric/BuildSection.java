package iotbox.box.metric;

import io.prometheus.metrics.model.snapshots.Labels;

/** Which box this is. */
final class BuildSection implements Section {
  private final String version;

  BuildSection(String version) {
    this.version = version;
  }

  @Override
  public void writeTo(Families families) {
    families.info(
        "iotbox_build",
        "The version of the box, and the Java that runs it.",
        Labels.of("java", Runtime.version().toString(), "version", version));
  }
}
