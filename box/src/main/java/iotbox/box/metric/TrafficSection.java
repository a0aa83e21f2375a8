package iotbox.box.metric;

import iotbox.box.http.part.Traffic;

/** What the box's clients take of it, at one moment. */
final class TrafficSection implements Section {
  private final Traffic traffic;

  TrafficSection(Traffic traffic) {
    this.traffic = traffic;
  }

  @Override
  public void writeTo(Families families) {
    families.gauge(
        "iotbox_http_connections", "Open connections of clients.", traffic.connections());
    families.gauge(
        "iotbox_http_requests", "Requests that are at work or held.", traffic.requests());
    families.gauge(
        "iotbox_polls_held", "Requests that wait for an event of a device.", traffic.polls());
    families.gauge(
        "iotbox_streams_open", "Streams by which clients get the events.", traffic.streams());
    families.gauge(
        "iotbox_http_body_memory_bytes",
        "Memory that the bodies of requests take.",
        traffic.bodyMemory());
    families.counter(
        "iotbox_refusals",
        "What was refused because it was more than the box gives, by the bound that it met.",
        Counts.by("bound", traffic.refusals()));
  }
}
