package iotbox.box.device;

import iotbox.box.device.DeviceSlot.Phase;
import iotbox.box.device.choice.DriverRules;
import iotbox.box.device.open.Condition;
import iotbox.box.device.open.OpenDevice;
import iotbox.box.device.status.Declined;
import iotbox.box.device.status.DeviceStatus;
import iotbox.box.device.status.Rule;
import iotbox.box.device.status.Selection;
import iotbox.box.guard.Trouble;
import iotbox.handler.Device;
import iotbox.handler.Driver;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The picture of a slot for people; made under the manager's lock. */
final class SlotStatus {
  private static final String NAME = "name";
  private static final String PRODUCT = "product";
  private static final String MANUFACTURER = "manufacturer";

  /** What people read of a device, and the names by which options and pins mean it. */
  private static final String[] TELLING =
      Stream.concat(Stream.of(NAME, PRODUCT, MANUFACTURER), DriverRules.NAMES.stream())
          .toArray(String[]::new);

  private SlotStatus() {}

  static DeviceStatus of(DeviceSlot slot, DriverRules rules) {
    Rule rule = rules.of(slot.identifier, slot.device);
    Selection selection =
        new Selection(
            slot.source.connectionType(),
            rule,
            slot.phase == Phase.OPEN ? chosen(slot, rule) : null,
            slot.declined,
            slot.next);
    if (slot.phase == Phase.OPEN) {
      return open(slot, slot.open, selection);
    }
    DeviceStatus.State state = DeviceStatus.State.DETECTED;
    String detail = "Looking for a driver.";
    boolean free = slot.phase == Phase.FREE && !slot.waits;
    if (free && slot.nobody != null && slot.nobody.barred() != null) {
      return withoutDriver(slot, slot.nobody.barred(), slot.nobody.why(), selection);
    }
    if (slot.trouble != null && !slot.waits) {
      return withoutDriver(slot, state(slot.trouble), detail(slot), selection);
    }
    if (free && slot.fault != null) {
      state = DeviceStatus.State.FAILED;
      detail = slot.fault;
    } else if (free || !slot.waits && !slot.declined.isEmpty()) {
      state = DeviceStatus.State.UNSUPPORTED;
      detail =
          slot.nobody != null
              ? slot.nobody.why()
              : "No driver recognised it. Asked: " + words(slot.declined) + ".";
    }
    return withoutDriver(slot, state, detail, selection);
  }

  /** What is decided afterwards about a driver that has it already counts, too. */
  private static String chosen(DeviceSlot slot, Rule rule) {
    return rule.pin() == null ? slot.chosen : rule.pin().why();
  }

  private static String words(List<Declined> declined) {
    return declined.stream().map(Declined::answer).collect(Collectors.joining(", "));
  }

  private static DeviceStatus.State state(Trouble trouble) {
    return trouble.quarantined()
        ? DeviceStatus.State.QUARANTINED
        : trouble.stalled() ? DeviceStatus.State.STALLED : DeviceStatus.State.FAILED;
  }

  private static String detail(DeviceSlot slot) {
    return slot.phase == Phase.FREE
        ? slot.trouble.sentence("A driver is looked for again")
        : slot.trouble.pastSentence("A driver is being looked for again");
  }

  private static DeviceStatus withoutDriver(
      DeviceSlot slot, DeviceStatus.State state, String detail, Selection selection) {
    return new DeviceStatus(
        slot.identifier,
        told(slot, NAME).or(() -> told(slot, PRODUCT)).orElse(slot.identifier),
        "",
        slot.source.connectionType(),
        told(slot, MANUFACTURER).orElse(""),
        "",
        null,
        state,
        detail,
        Set.of(),
        List.of(),
        slot.trouble,
        selection);
  }

  /**
   * Whether what the interface found out makes the status another one. It is asked about each
   * device whenever it is listed, so it makes nothing.
   */
  static boolean tellsOther(Device before, Device now) {
    for (String name : TELLING) {
      if (!Objects.equals(textOrNull(before, name), textOrNull(now, name))) {
        return true;
      }
    }
    return false;
  }

  /** What the interface found out. Only texts are of use here, and safe to ask under the lock. */
  private static Optional<String> told(DeviceSlot slot, String attribute) {
    return Optional.ofNullable(textOrNull(slot.device, attribute));
  }

  private static String textOrNull(Device device, String attribute) {
    return device.get(attribute) instanceof String text && !text.isBlank() ? text : null;
  }

  private static DeviceStatus open(DeviceSlot slot, OpenDevice device, Selection selection) {
    Driver driver = device.driver();
    Condition condition = device.condition();
    String name = driver.deviceName();
    return new DeviceStatus(
        slot.identifier,
        name == null || name.isEmpty() ? slot.identifier : name,
        driver.deviceType(),
        driver.deviceConnection(),
        driver.deviceManufacturer(),
        driver.deviceSubtype(),
        device.type().className(),
        condition.state(),
        condition.detail() == null ? slot.fault : condition.detail(),
        device.actions(),
        device.actionForms(),
        condition.trouble(),
        selection);
  }
}
