package iotbox.box.metric;

import io.prometheus.metrics.model.snapshots.Labels;
import iotbox.box.detection.Detection;
import iotbox.box.detection.InterfaceStatus;
import iotbox.box.device.DeviceManager;
import iotbox.box.device.status.DeviceStatus;
import iotbox.box.event.EventHub;
import iotbox.box.tally.Tally;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Devices, interfaces, what they tell and what they are told to do. */
final class DeviceSection implements Section {
  private final DeviceManager devices;
  private final Detection detection;
  private final EventHub events;

  DeviceSection(DeviceManager devices, Detection detection, EventHub events) {
    this.devices = devices;
    this.detection = detection;
    this.events = events;
  }

  @Override
  public void writeTo(Families families) {
    List<DeviceStatus> all = devices.status();
    families.gauge("iotbox_devices", "Devices that were found, by their state.", states(all));
    families.gauge(
        "iotbox_devices_open",
        "Devices that a driver has, by Odoo's type of device.",
        Counts.by("type", types(all)));
    families.gauge(
        "iotbox_interfaces", "Interfaces that look for devices, by their state.", interfaces());
    families.histogram(
        "iotbox_detection_duration_seconds",
        "How long interfaces took to list their devices; each time is one round.",
        "interface",
        detection.rounds());
    families.counter(
        "iotbox_events",
        "Events that devices told, by Odoo's type of device.",
        Counts.by("type", events.published()));
    families.histogram(
        "iotbox_action_duration_seconds",
        "How long actions of devices took from their arrival to their answer, by the driver's"
            + " class.",
        "driver",
        devices.actions());
    families.gauge(
        "iotbox_handler_calls_overdue",
        "Calls into handlers that are past their deadline and have not come back.",
        detection.overdue().size());
    families.counter(
        "iotbox_handler_calls_stalled",
        "Calls into handlers that were past their deadline, by what was called.",
        Counts.by("call", detection.givenUp()));
  }

  private static Map<Labels, Long> states(List<DeviceStatus> all) {
    Map<Labels, Long> counts = new LinkedHashMap<>();
    for (DeviceStatus.State state : DeviceStatus.State.values()) {
      counts.put(Labels.of("state", state.word()), 0L);
    }
    all.forEach(device -> Counts.add(counts, Labels.of("state", device.state().word())));
    return counts;
  }

  /** Drivers choose them, so there may be any number. */
  private static Map<String, Long> types(List<DeviceStatus> all) {
    Tally types = new Tally();
    all.stream().filter(DeviceStatus::open).forEach(device -> types.add(device.type()));
    return types.now();
  }

  private Map<Labels, Long> interfaces() {
    Map<Labels, Long> counts = new LinkedHashMap<>();
    for (InterfaceStatus.State state : InterfaceStatus.State.values()) {
      counts.put(Labels.of("state", state.word()), 0L);
    }
    detection
        .status()
        .forEach(listing -> Counts.add(counts, Labels.of("state", listing.state().word())));
    return counts;
  }
}
