package iotbox.box.http.part;

import iotbox.box.access.Access;
import iotbox.box.detection.Detection;
import iotbox.box.device.DeviceManager;
import iotbox.box.device.choice.DriverRules;
import iotbox.box.event.EventHub;
import iotbox.box.event.Readings;
import iotbox.box.guard.HandlerFaults;
import iotbox.box.health.Health;
import iotbox.box.leftover.Leftovers;
import iotbox.box.reload.Reloads;
import iotbox.box.thread.Alarm;
import iotbox.loader.Handlers;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The parts of the box that are served over HTTP.
 *
 * @param handlers the present ones
 * @param readings what devices told last
 * @param https gives {@code null} if it is not wanted
 * @param network how browsers reach the box
 * @param customerData what a point of sale gave for the customers at this display to see
 */
public record BoxParts(
    BoxView box,
    Supplier<Handlers> handlers,
    HandlerFaults faults,
    Detection detection,
    DeviceManager devices,
    DriverRules rules,
    LineControl lines,
    Leftovers leftovers,
    Reloads reloads,
    EventHub events,
    Readings readings,
    Alarm alarm,
    OdooControl odoo,
    Supplier<HttpsView> https,
    Supplier<NetworkView> network,
    Logs logs,
    Settings settings,
    Access access,
    MetricsPage metrics,
    Health health,
    Function<String, Object> customerData) {}
