package iotbox.box.metric;

import iotbox.box.detection.Detection;
import iotbox.box.device.DeviceManager;
import iotbox.box.event.EventHub;
import iotbox.box.guard.HandlerFaults;
import iotbox.box.http.part.MetricsPage;
import iotbox.box.http.part.Traffic;
import iotbox.box.odoo.OdooStatus;
import iotbox.box.odoo.bus.BusStatus;
import iotbox.box.tally.Durations.Counted;
import iotbox.loader.CompileTimes;
import iotbox.loader.Handlers;
import java.util.List;
import java.util.function.Supplier;

/**
 * The box's figures. Most boxes are never asked for them, so that the libraries are loaded at the
 * first question only.
 *
 * <p>The lock {@code this} guards whether that was done.
 */
public final class LazyMetrics implements MetricsPage {
  private final Parts parts;
  private MetricsPage page;

  /**
   * The parts of the box that are asked.
   *
   * @param handlers the present ones
   * @param reloads how long they took, by the kind of source
   */
  public record Parts(
      String version,
      DeviceManager devices,
      Detection detection,
      EventHub events,
      Supplier<Handlers> handlers,
      HandlerFaults faults,
      CompileTimes compiling,
      Supplier<List<Counted>> reloads,
      Supplier<OdooStatus> odoo,
      Supplier<BusStatus> bus) {}

  public LazyMetrics(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Text text(String accept, Traffic traffic) {
    return page().text(accept, traffic);
  }

  private synchronized MetricsPage page() {
    if (page == null) {
      page =
          new BoxMetrics(
              List.of(
                  new BuildSection(parts.version),
                  new DeviceSection(parts.devices, parts.detection, parts.events),
                  new HandlerSection(parts.handlers, parts.faults, parts.compiling, parts.reloads),
                  new OdooSection(parts.odoo, parts.bus),
                  new JvmSection()));
    }
    return page;
  }
}
