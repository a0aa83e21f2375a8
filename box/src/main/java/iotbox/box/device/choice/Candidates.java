package iotbox.box.device.choice;

import iotbox.box.device.choice.DriverChooser.Choice;
import iotbox.box.device.status.DeviceStatus;
import iotbox.box.device.status.Rule;
import iotbox.box.device.status.Rule.By;
import iotbox.box.device.status.Rule.Pin;
import iotbox.handler.Device;
import iotbox.loader.DriverType;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may have a device.
 *
 * @param drivers in the order in which they are asked
 * @param pinned whether there is no question: the only one of them has it
 * @param barred how the device is doing if nobody may have it, else {@code null}
 * @param why it is pinned or barred or there is nobody to ask, in words; else {@code null}
 */
public record Candidates(
    List<DriverType> drivers, boolean pinned, DeviceStatus.State barred, String why) {

  /**
   * Who may have a device, by what people decided and by what the drivers say of themselves.
   *
   * @param rule for the device
   * @param byPriority the drivers of its connection type
   */
  public static Candidates of(
      Device device, String connectionType, Rule rule, List<DriverType> byPriority) {
    if (rule.pin() != null) {
      return pinned(rule.pin(), connectionType, byPriority);
    }
    if (rule.unprobed() != null) {
      String decided =
          rule.unprobed() == By.OPTION
              ? "the option --no-probe says so"
              : "so decided on this page";
      return barred(
          DeviceStatus.State.UNPROBED,
          "Not probed: " + decided + ". No driver is asked; one can be pinned to it.");
    }
    List<DriverType> order = DriverOrder.of(byPriority, device);
    return new Candidates(
        order, false, null, order.isEmpty() ? nobody(connectionType, byPriority.isEmpty()) : null);
  }

  private static String nobody(String connectionType, boolean atAll) {
    return atAll
        ? "There is no driver for connection type \"" + connectionType + "\"."
        : "No driver for \""
            + connectionType
            + "\" recognises such devices by itself; one can be pinned to it.";
  }

  private static Candidates pinned(Pin pin, String connectionType, List<DriverType> byPriority) {
    for (DriverType driver : byPriority) {
      if (driver.className().equals(pin.driver())) {
        return new Candidates(List.of(driver), true, null, pin.why());
      }
    }
    return barred(
        DeviceStatus.State.FAILED,
        (pin.by() == By.OPTION
                ? "The option " + pin.option() + " gives it to "
                : "It is pinned to ")
            + pin.driver()
            + ", and there is no such driver for \""
            + connectionType
            + "\" now. Load the handlers that have it, or pin another one.");
  }

  private static Candidates barred(DeviceStatus.State state, String why) {
    return new Candidates(List.of(), false, state, why);
  }

  /**
   * Those that were not there before and would have been asked before the driver that has the
   * device; nobody if it was not asked either.
   *
   * @param known who was there
   * @param owner who has the device
   */
  public List<DriverType> newcomers(List<DriverType> known, DriverType owner, Device device) {
    if (pinned) {
      return List.of();
    }
    Set<String> names = known.stream().map(DriverType::className).collect(Collectors.toSet());
    return drivers.stream()
        .filter(driver -> DriverOrder.isBefore(driver, owner, device))
        .filter(driver -> !names.contains(driver.className()))
        .toList();
  }

  /**
   * Why one of them has the device, in a sentence for people.
   *
   * @param choice the one that took it
   * @param asked in this order; perhaps only some, when others had been asked before
   */
  public String reason(Choice choice, Device device, List<DriverType> asked) {
    return pinned ? why : Reason.asked(choice.type(), device, asked, drivers, choice.declined());
  }
}
