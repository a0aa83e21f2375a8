package iotbox.box.device;

import iotbox.box.device.DeviceSlot.Phase;
import iotbox.handler.Device;
import iotbox.loader.Handlers;
import iotbox.loader.InterfaceType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what the interfaces list: what is new gets a slot, what is missing leaves its own, and what
 * was plugged in again starts over.
 *
 * <p>All methods are called under the manager's lock, which guards the slots, too.
 */
final class Listings {
  private static final Logger LOG = LoggerFactory.getLogger(Listings.class);

  private final Map<String, DeviceSlot> slots;
  private final SlotSteps steps;

  /** The changes of the handlers by the interfaces that have not listed anything since then. */
  private final Map<String, TouchedDevices> unlisted = new HashMap<>();

  /**
   * @param slots the manager's, by identifier
   */
  Listings(Map<String, DeviceSlot> slots, SlotSteps steps) {
    this.slots = slots;
    this.steps = steps;
  }

  /** The interfaces that are others now list for the first time when they list next. */
  void handlersChanged(Handlers before, Handlers after, TouchedDevices touched) {
    Set<InterfaceType> changed = new HashSet<>(before.interfaces());
    changed.addAll(after.interfaces());
    changed.removeIf(
        type -> before.interfaces().contains(type) && after.interfaces().contains(type));
    changed.forEach(type -> unlisted.put(type.className(), touched));
  }

  /**
   * What an interface lists now.
   *
   * @return whether some status may be another one now
   */
  boolean take(Source source, Map<String, Device> devices) {
    boolean different = false;
    TouchedDevices change = unlisted.remove(source.className());
    for (DeviceSlot slot : List.copyOf(slots.values())) {
      boolean missing = !devices.containsKey(slot.identifier);
      if (slot.source.className().equals(source.className()) && slot.present && missing) {
        LOG.info("{} is gone", slot.identifier);
        different = true;
        slot.present = false;
        if (change != null && slot.phase == Phase.OPEN) {
          change.closed(slot.identifier);
        }
        steps.advance(slot);
      }
    }
    for (Map.Entry<String, Device> listed : devices.entrySet()) {
      different |= present(listed.getKey(), source, listed.getValue(), change);
    }
    return different;
  }

  /**
   * @param change of the handlers that the interface lists for the first time after; or {@code
   *     null}
   * @return whether its status may be another one now
   */
  private boolean present(String identifier, Source source, Device device, TouchedDevices change) {
    DeviceSlot slot = slots.get(identifier);
    if (slot == null) {
      LOG.info("{} was found by {}", identifier, source.className());
      slot = new DeviceSlot(identifier, source, device);
      slot.touched = change;
      slots.put(identifier, slot);
      steps.advance(slot);
      return true;
    }
    if (!slot.present) {
      slot.present = true;
      slot.source = source;
      slot.device = device;
      slot.forgive();
      steps.advance(slot);
      return true;
    }
    if (slot.source.className().equals(source.className())) {
      return listedAgain(slot, source, device);
    }
    if (slot.fault == null) {
      slot.fault =
          source.className()
              + " lists it too; identifiers must be unique, so only the first counts";
      LOG.warn("{}: {}", identifier, slot.fault);
      return true;
    }
    return false;
  }

  private boolean listedAgain(DeviceSlot slot, Source source, Device device) {
    Device former = slot.device;
    boolean otherSource = !slot.source.equals(source);
    slot.source = source;
    slot.device = device; // The former one may be of the interface's former version.
    if (Replug.between(former, device)) {
      steps.pluggedInAgain(slot);
      return true;
    }
    return otherSource || SlotStatus.tellsOther(former, device);
  }
}
