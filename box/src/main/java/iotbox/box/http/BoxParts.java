package iotbox.box.http;

import iotbox.box.device.Detection;
import iotbox.box.device.DeviceManager;
import iotbox.box.device.HandlerFaults;
import iotbox.box.event.EventHub;
import iotbox.loader.HandlerRegistry;
import java.nio.file.Path;

/**
 * The parts of the box that are served over HTTP.
 *
 * @param log the log file that people download
 */
public record BoxParts(
    BoxIdentity box,
    HandlerRegistry handlers,
    HandlerFaults faults,
    Detection detection,
    DeviceManager devices,
    EventHub events,
    OdooControl odoo,
    Path log) {}
