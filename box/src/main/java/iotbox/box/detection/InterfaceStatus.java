package iotbox.box.detection;

import iotbox.box.guard.Trouble;
import java.time.Instant;
import java.util.Locale;

/**
 * One interface as people see it; an entry of {@code interfaces} in {@code /api/status}.
 *
 * @param lastDetection when it last listed its devices, or {@code null}
 * @param devices how many it listed then
 * @param detail what is wrong, or {@code null}
 * @param trouble the faults that the detail speaks of, or {@code null}
 */
public record InterfaceStatus(
    String className,
    String connectionType,
    State state,
    Instant lastDetection,
    int devices,
    String detail,
    Trouble trouble) {

  /** How an interface is doing. */
  public enum State {
    /** Not asked yet. */
    STARTING,
    /** Its last answer was good. */
    RUNNING,
    /** Its last call threw; it is asked again. */
    FAILED,
    /** Its last call is past its deadline; it is interrupted and asked again. */
    STALLED,
    /** It has failed again and again; it is asked after a longer pause. */
    QUARANTINED;

    /** The word in {@code /api/status}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
