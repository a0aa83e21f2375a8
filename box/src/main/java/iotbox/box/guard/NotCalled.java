package iotbox.box.guard;

import java.time.Instant;

/** A handler was not even called, as earlier calls hang or hung. */
public final class NotCalled extends HandlerFault {
  private static final long serialVersionUID = 1L;
  private final Instant until;

  /**
   * @param until when it can be called again; {@code null} if that depends on the calls that hang
   */
  public NotCalled(String message, Instant until) {
    super(message, null);
    this.until = until;
  }

  Instant until() {
    return until;
  }
}
