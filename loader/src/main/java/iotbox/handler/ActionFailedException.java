package iotbox.handler;

import java.util.Map;

/**
 * An action failed, and the event that tells so should say more than why: throw it in {@link
 * Driver#action}. Any other exception is as good where the message says it all.
 */
public final class ActionFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Map<String, Object> told;

  /**
   * @param reason one sentence for whoever asked
   * @param told goes into the event, over what {@link Driver#data()} holds and under {@code status}
   *     and {@code result}; JSON's types only, copied here
   * @param cause what happened, for the log; may be {@code null}
   */
  public ActionFailedException(String reason, Map<String, ?> told, Throwable cause) {
    super(reason, cause);
    this.told = Values.copyOf(told);
  }

  /** What the event says beside the reason; it cannot be changed. */
  public Map<String, Object> told() {
    return told;
  }
}
