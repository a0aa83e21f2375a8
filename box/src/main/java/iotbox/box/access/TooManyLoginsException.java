package iotbox.box.access;

import java.time.Duration;

/** Somebody tries passwords faster than a person. */
public final class TooManyLoginsException extends Exception {
  private static final long serialVersionUID = 1L;
  private final Duration wait;

  TooManyLoginsException(Duration wait) {
    super("Too many logins");
    this.wait = wait;
  }

  /** How long until the next try. */
  public Duration pause() {
    return wait;
  }
}
