package iotbox.box.device.status;

import iotbox.box.guard.Trouble;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One detected device as people and Odoo see it; an entry of {@code devices} in {@code
 * /api/status}.
 *
 * @param type Odoo's device type; empty while no driver has it
 * @param connection Odoo's connection; while no driver has it, the connection type of the interface
 *     that found it
 * @param driver the driver's class, or {@code null}
 * @param detail what is wrong and what to do, or {@code null}
 * @param actions the names of the driver's actions
 * @param actionForms the same with what they take
 * @param trouble the faults that the detail speaks of; {@code null} if there are none
 * @param selection how it comes by its driver
 */
public record DeviceStatus(
    String identifier,
    String name,
    String type,
    String connection,
    String manufacturer,
    String subtype,
    String driver,
    State state,
    String detail,
    Set<String> actions,
    List<ActionForm> actionForms,
    Trouble trouble,
    Selection selection) {

  public DeviceStatus {
    actions = Set.copyOf(actions);
    actionForms = List.copyOf(actionForms);
  }

  /** How a device is doing. */
  public enum State {
    /** Found just now; the drivers are being asked. */
    DETECTED,
    /** A driver has it. */
    CONNECTED,
    /** No driver supports it; Odoo is told of it where it knows the type {@code unsupported}. */
    UNSUPPORTED,
    /** Its driver's constructor or loop failed, and is tried again; see the detail. */
    FAILED,
    /** Nobody is asked about it, as people decided; see the detail. */
    UNPROBED,
    /** A call into its driver is past its deadline. */
    STALLED,
    /** Its driver has failed again and again; it is left alone for a while, see the detail. */
    QUARANTINED;

    /** The word in {@code /api/status}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether a driver instance stands behind it, so that Odoo is told of it. */
  public boolean open() {
    return driver != null;
  }
}
