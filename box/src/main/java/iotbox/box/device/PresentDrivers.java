package iotbox.box.device;

import iotbox.box.device.choice.Candidates;
import iotbox.box.device.choice.DriverRules;
import iotbox.loader.DriverType;
import iotbox.loader.Handlers;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The drivers of now, as far as a device is concerned.
 *
 * <p>All methods are called under the manager's lock.
 */
final class PresentDrivers {
  private final Supplier<Handlers> handlers;
  private final DriverRules rules;
  private final Replacement replacement;

  PresentDrivers(Supplier<Handlers> handlers, DriverRules rules, Replacement replacement) {
    this.handlers = handlers;
    this.rules = rules;
    this.replacement = replacement;
  }

  /** Those of the device's connection type. */
  List<DriverType> of(DeviceSlot slot) {
    return handlers.get().drivers(slot.source.connectionType());
  }

  /** Who may have the device. */
  Candidates candidates(DeviceSlot slot) {
    return Candidates.of(
        slot.device,
        slot.source.connectionType(),
        rules.of(slot.identifier, slot.device),
        of(slot));
  }

  /** Whether who may have the device is not who was asked. */
  boolean areOthersThan(List<DriverType> asked, DeviceSlot slot) {
    return !Set.copyOf(candidates(slot).drivers()).equals(Set.copyOf(asked));
  }

  /** Whether it is about to be replaced, or gone. */
  boolean isLeaving(DriverType driver, DeviceSlot slot) {
    return replacement.isLeaving(driver) || !of(slot).contains(driver);
  }
}
