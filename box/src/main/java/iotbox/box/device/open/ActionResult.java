package iotbox.box.device.open;

import java.util.Locale;

/**
 * How an action ended.
 *
 * @param result what the driver returned; the message if it failed; {@code "pending"} for printers
 *     and payment terminals, which publish their own events; {@code null} where there is none
 * @param begun whether the driver was called; if not, nothing has happened and it may be sent again
 */
public record ActionResult(Status status, Object result, boolean begun) {
  /** Of an action that the driver was called for. */
  public ActionResult(Status status, Object result) {
    this(status, result, true);
  }

  /** Of an action that the driver was not called for. */
  static ActionResult refused(Status status, String reason) {
    return new ActionResult(status, reason, false);
  }

  /** Whether the device has it now or had it before. */
  public boolean taken() {
    return begun || status == Status.DUPLICATE;
  }

  /**
   * One word for counting: that of the status, but {@code refused} where the driver was not even
   * called.
   */
  public String outcome() {
    return begun || status == Status.DUPLICATE ? status.word() : "refused";
  }

  /** The protocol's words (section 2). */
  public enum Status {
    SUCCESS,
    ERROR,
    /** There is no such device. */
    DISCONNECTED,
    /** An {@code action_unique_id} that was seen before; nothing was done. */
    DUPLICATE;

    /** The word on the wire. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
