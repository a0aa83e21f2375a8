package iotbox.box;

import iotbox.box.detection.Detection;
import iotbox.box.device.DeviceManager;
import iotbox.box.device.choice.DriverRules;
import iotbox.box.event.EventHub;
import iotbox.box.event.Readings;
import iotbox.box.guard.DriverGuard;
import iotbox.box.guard.HandlerFaults;
import iotbox.box.leftover.Leftovers;
import iotbox.loader.HandlerRegistry;
import iotbox.loader.Handlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The devices: who finds them and has them, what people decided about them, and what they tell. It
 * goes by the handlers that are in the registry, wherever they come from.
 */
final class DeviceSide {
  /** All devices together: a loop that does not listen is given up after two seconds. */
  private static final Duration PATIENCE = Duration.ofMillis(2_800);

  private final Lifecycle parts;
  private final HandlerRegistry registry;
  final EventHub events;
  final Readings readings = new Readings();
  final HandlerFaults faults = new HandlerFaults();
  final DriverRules rules;
  final DeviceManager manager;
  final Detection detection;
  final Leftovers leftovers;

  DeviceSide(Foundation base, HandlerRegistry registry) {
    this.parts = base.parts();
    this.registry = registry;
    events = new EventHub(base.threads());
    events.subscribe(readings);
    DriverGuard guard = new DriverGuard(base.threads());
    rules = new DriverRules(base.options().detection().decisions(), new RulesFile(base.data()));
    manager =
        new DeviceManager(
            registry::current,
            guard,
            faults,
            events,
            base.threads(),
            rules,
            new BegunActions(base.data()));
    detection = new Detection(guard, faults, manager);
    leftovers = new Leftovers(guard, registry::current, manager::status, base.threads());
  }

  /** Begins to look for devices, with the handlers that there are, and follows their changes. */
  void start() {
    rules.onChange(manager::ruleChanged);
    rules.read();
    registry.onChange(detection);
    registry.onChange(leftovers::handlersChanged);
    manager.onChange(leftovers::devicesChanged);
    parts.started(() -> manager.close().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    parts.started(detection).changed(Handlers.none(), registry.current());
  }
}
