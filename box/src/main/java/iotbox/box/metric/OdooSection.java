package iotbox.box.metric;

import io.prometheus.metrics.model.snapshots.Labels;
import iotbox.box.odoo.OdooStatus;
import iotbox.box.odoo.bus.BusStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** How the box stands with Odoo. */
final class OdooSection implements Section {
  private static final double MILLIS = 1e3;

  private final Supplier<OdooStatus> link;
  private final Supplier<BusStatus> bus;

  OdooSection(Supplier<OdooStatus> link, Supplier<BusStatus> bus) {
    this.link = link;
    this.bus = bus;
  }

  @Override
  public void writeTo(Families families) {
    OdooStatus odoo = link.get();
    Map<Labels, Integer> states = new LinkedHashMap<>();
    for (OdooStatus.State state : OdooStatus.State.values()) {
      states.put(Labels.of("state", state.word()), state == odoo.state() ? 1 : 0);
    }
    families.gauge(
        "iotbox_odoo_state", "How the box stands with Odoo: 1 at the present state.", states);
    if (odoo.lastSync() != null) {
      families.gauge(
          "iotbox_odoo_last_sync_timestamp_seconds",
          "When Odoo last took the box and its devices, since 1970; not there if it never did.",
          odoo.lastSync().toEpochMilli() / MILLIS);
    }
    BusStatus status = bus.get();
    families.gauge(
        "iotbox_odoo_bus_connected",
        "Whether Odoo's bus is connected, by which Odoo itself sends actions.",
        status.connected() ? 1 : 0);
    families.gauge(
        "iotbox_odoo_confirmations_waiting",
        "What Odoo is still to be told of finished actions and of events.",
        status.waiting());
    families.counter(
        "iotbox_odoo_confirmations_dropped",
        "What Odoo will never be told of them, as it was away too long or did not want it.",
        status.dropped());
  }
}
